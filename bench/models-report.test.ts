import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Calibration } from '../src/core/index.js';
import { plot } from './models-plot.js';
import { askedAndGot, atNoMoreWork, byExit, byUncertainty, comparison, distillation, oneAgainstFitted, promisedAndKept, seeds, strangers, type Row, type Shipped } from './models-report.js';
import { rivals } from './rivals.js';
import { reportFiles } from './write-models-report.js';

test('docs/models.md and its plots are what `npm run -s report` writes', { timeout: 120_000 }, () => {
  for (const [file, content] of reportFiles()) {
    expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'), `${file}: run npm run -s report`).toBe(content);
  }
});

/** Two layers, an exit on the second hidden state missing; exit 0 is right where it is sure. */
const trajectories: Calibration = {
  split: 'test.tsv',
  n: 4,
  labels: [0, 1, 1, 0],
  predictions: [[0, 1, 0, 1], null, [0, 1, 1, 1]],
  uncertainties: [[0.05, 0.15, 0.9, 1], null, [0.05, 0.05, 0.3, 0.9]],
};
const shipped: Shipped = { id: 'tiny', dev: trajectories, test: trajectories };

test('an exit that is not there leaves its cell empty', () => {
  expect(byExit(shipped)).toContain('| accuracy | 50.0 % |  | 75.0 % |');
});

test('how well texts of no class are told apart, by exit', () => {
  expect(strangers({ data: 'oos.tsv', n: 2, auroc: [0.9, null, 0.9554] })).toContain('| AUROC | 0.900 |  | 0.955 |');
});

test('every text is in one bin, also one of uncertainty 1', () => {
  const lines = byUncertainty(shipped).split('\n').slice(2);
  expect(lines).toEqual([
    '| 0 | 100 / 100 (1) | 100 / 100 (1) |  |  |  | 0 / 50 (2) |',
    '| 2 | 100 (2) |  | 100 (1) |  |  | 0 (1) |',
  ]);
});

test('a speedup that the model cannot give in full is told with what it gives', () => {
  const line = askedAndGot(shipped).split('\n')[3];
  expect(line).toMatch(/^\| 2 times fewer layers \| 2\.00 times \(\+0 %\) \|/);
});

test('an agreement that dev is too small for is kept by all layers; of leave-one-out nothing is promised', () => {
  expect(promisedAndKept(shipped).split('\n')[2]).toBe('| 95.0 % | 100.00 % | 2.00 | 75.0 % | 0 of 4 | 0 (up to 0) | 0 (up to 13) |');
  const taught = { ...trajectories, split: 'leave-one-out' };
  expect(promisedAndKept({ ...shipped, dev: taught }).split('\n')).toHaveLength(2);
});

test('one threshold and one an exit are both told at each depth', () => {
  expect(oneAgainstFitted(shipped).split('\n')).toHaveLength(4);
  expect(oneAgainstFitted(shipped)).toContain('| one an exit | 50.0 % at 0.');
});

test('an epoch of the students is a row', () => {
  const epochs = [{ students: 'labels', epoch: 0, dev_accuracy: [0.5, 0.75], dev_at_half_speed: { accuracy: 0.6, depth: 1.5 } }];
  expect(distillation(epochs)).toContain('| labels | 1 | 50.0 % | 75.0 % | 60.0 % | 1.50 |');
});

const row: Row = {
  system: 'truncate', variant: '1 layer', seed: 1, trainRows: 100, speed: null, accuracy: 0.9, interval: [0.88, 0.92],
  meanDepth: 1, devAccuracy: 0.91, devMeanDepth: 1, parameters: 1e6, megabytes: 1, macs: 2e6, macsPaper: 3e6, msWasm: null,
};

test('the comparison shows one seed on all rows, static systems first', () => {
  const rows = [{ ...row, system: 'joint', speed: 0.3 }, { ...row, system: 'joint', speed: 0.4 }, row, { ...row, seed: 2 }, { ...row, trainRows: 50 }];
  const lines = comparison(rows).split('\n').slice(2);
  expect(lines.map((line) => line.split(' | ').slice(0, 3).join())).toEqual(['| truncate,1 layer,', '| joint,1 layer,0.3']);
});

test('a static model stands against the slowest early exit that costs no more', () => {
  const early = [0.5, 0, 0.3].map((speed) => ({ ...row, system: 'joint', speed, macs: 4e6 - 5e6 * speed, accuracy: 0.94 - speed / 10 }));
  const tiny = { ...row, variant: 'nothing', macs: 1e6 };
  const lines = atNoMoreWork([{ ...row, macs: 2.5e6 }, tiny], early).split('\n').slice(2);
  expect(lines).toEqual(['| truncate, 1 layer | 90.0 % | 2.5 M | 0.3 | 1.00 | 91.0 % | 2.5 M | +1.0 |']);
});

test('several seeds give a mean and a standard deviation', () => {
  const rows = [0.89, 0.9, 0.91].map((accuracy, i) => ({ ...row, seed: i + 1, accuracy }));
  expect(seeds(rows)).toContain('| 3 | 90.00 % | 1.00 % |');
  expect(seeds([row])).toBeUndefined();
});

test('the plot holds its points within the frame, and its words as text', () => {
  const svg = plot('a < b', [{ name: 'x & y', points: [{ meanDepth: 0, accuracy: 0.8 }, { meanDepth: 6, accuracy: 0.9 }] }], [], 6);
  expect(svg).toContain('<title>a &lt; b</title>');
  expect(svg).toContain('>x &amp; y</text>');
  expect(svg).toContain('d="M56,352L570,');
});

test("the page's points: what was made to be used, on dev, at the layers its work would pay for", () => {
  const whole = { ...row, variant: '6 layers', meanDepth: 6, devMeanDepth: 6, macs: 12e6 };
  const pruned = { ...whole, system: 'prune-ffn', variant: 'half of the neurons', macs: 8e6 };
  const other = { ...row, system: 'extract', variant: 'layers 1 2 3' };
  const early = { ...row, system: 'joint', variant: 'one threshold', speed: 0.3, devAccuracy: 0.9, devMeanDepth: 2.5 };
  const { models, ...rest } = rivals([row, whole, pruned, other, early, { ...row, seed: 2 }], { split: 'dev.tsv', n: 100 });
  expect(models.map(({ system, variant, layers }) => [system, variant, layers])).toEqual([
    ['truncate', '1 layer', 1],
    ['truncate', '6 layers', 6],
    ['prune-ffn', 'half of the neurons', 4],
  ]);
  expect(models[0]).toMatchObject({ accuracy: 0.91, interval: [0.8377, 0.9519] });
  expect(rest).toEqual({ split: 'dev.tsv', n: 100, trainRows: 100, early: [{ speed: 0.3, layers: 2.5, accuracy: 0.9 }] });
});
