import { expect, test } from 'vitest';
import type { Manifest } from '../../core/index.js';
import { resolveLabels } from '../texts/labels.js';
import { tasks } from './index.js';

const shipped = import.meta.glob<Manifest>('../../../public/models/*/manifest.json', { eager: true });
/** Without the encoder that is to be taught. */
const manifests = Object.fromEntries(Object.entries(shipped).filter(([, { kind }]) => kind === undefined));

test('every model that ships is a task, and every task has its model', () => {
  const folders = tasks.map(({ id }) => `../../../public/models/${id}/manifest.json`);
  expect(Object.keys(manifests).toSorted()).toEqual(folders.toSorted());
});

test.each(tasks)('our sentences of $id fit its model: sixty, of all kinds, each written once', async ({ id, kinds, sentences, examples, first }) => {
  const { labels, problem_type: problemType } = manifests[`../../../public/models/${id}/manifest.json`]!;
  const ours = await sentences();
  const golds = resolveLabels(ours.map((one, i) => ({ ...one, line: i + 1 })), { labels, problemType, textPair: false });
  expect(golds.filter(({ gold }) => gold).length).toBeGreaterThan(50);
  expect(new Set(ours.map(({ text }) => text)).size).toBe(ours.length);
  expect(ours.length).toBeGreaterThanOrEqual(60);
  expect([...new Set(ours.map(({ kind }) => kind))]).toEqual(kinds);
  for (const label of labels.length < 10 ? labels : []) expect(ours.filter((one) => one.label === label).length).toBeGreaterThan(12);
  expect(examples.map(({ text }) => text)).toContain(first);
});

test.each(tasks)('the recorded run of $id is of its first examples and of its model', async ({ id, examples, recorded }) => {
  const { labels } = manifests[`../../../public/models/${id}/manifest.json`]!;
  const run = await recorded();
  expect(run.samples.map(({ text }) => text)).toEqual(examples.slice(0, run.samples.length).map(({ text }) => text));
  expect(run.labels.filter((label) => !labels.includes(label))).toEqual([]);
  for (const { trajectory } of run.samples) {
    expect(trajectory.map(({ exit }) => exit)).toEqual(Array.from({ length: run.layers + 1 }, (_, exit) => exit));
    for (const { probabilities } of trajectory) expect(probabilities.reduce((a, b) => a + b)).toBeLessThanOrEqual(1.001);
  }
});
