import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { forAgreement, uniform, type Calibration } from '../src/core/index.js';
import { seeded } from '../src/page/measure/timing.js';
import { agreementOf, broken } from './promise.js';

const read = (file: string): Calibration => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')) as Calibration;
const TASKS = ['sst2', 'ag_news', 'clinc150'] as const;
const AGREEMENTS = [0.95, 0.98, 0.99, 0.995];

test.each(TASKS)('%s: on a hundred seeded splits of test promises are broken no more often than chance has it', { timeout: 60_000 }, (task) => {
  for (const { halves, halvesMay, draws, drawsMay } of broken(read(`bench/reference/${task}-test.json`), AGREEMENTS)) {
    expect(draws).toBeLessThanOrEqual(drawsMay);
    expect(halves).toBeLessThanOrEqual(halvesMay);
  }
});

test('where nothing is given away, they are broken about as often as that', () => {
  // One gate, and the less certain half of the texts differs a tenth of the time: what is proven is the very limit.
  const [n, random] = [4000, seeded(1)];
  const unsure = Array.from({ length: n }, random);
  const said = unsure.map((u) => Number(u > 0.5 && random() < 0.1));
  const zeros = said.map(() => 0);
  const [found] = broken({ split: 'test', n, labels: zeros, predictions: [said, zeros], uncertainties: [unsure, unsure] }, [0.98]);
  expect(found!.drawsMay).toBe(13);
  expect(found!.draws).toBeGreaterThan(0);
  expect(found!.draws).toBeLessThanOrEqual(13);
  expect(found!.halves).toBeGreaterThan(found!.halvesMay / 4);
  expect(found!.halves).toBeLessThanOrEqual(found!.halvesMay);
});

test.each(TASKS)('%s: what is proven on dev is kept on test', (task) => {
  const [dev, all] = [read(`public/models/${task}/calibration.json`), read(`bench/reference/${task}-test.json`)];
  expect(agreementOf(all, uniform(0, 6))).toBe(1);
  for (const agreement of AGREEMENTS) {
    expect(agreementOf(all, forAgreement(dev, agreement)!.thresholds)).toBeGreaterThanOrEqual(agreement);
  }
});
