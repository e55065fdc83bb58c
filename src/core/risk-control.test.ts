import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exitOf, LEAVE_ONE_OUT, type Calibration } from './calibration.js';
import type { Thresholds } from './gate.js';
import { forAgreement } from './risk-control.js';
import { thresholdsFor } from './target.js';

const read = (path: string): Calibration =>
  JSON.parse(readFileSync(new URL(`../../${path}/calibration.json`, import.meta.url), 'utf8')) as Calibration;
const MODELS = ['sst2', 'ag_news', 'clinc150'].map((name) => read(`public/models/${name}`));
const sst2 = MODELS[0]!;

/** Answers that are not the last exit's, where texts leave at these thresholds. */
function differing(calibration: Calibration, thresholds: Thresholds): number {
  const { n, predictions } = calibration;
  const texts = Array.from({ length: n }, (_, text) => text);
  return texts.filter((text) => predictions[exitOf(calibration, text, thresholds)]![text] !== predictions.at(-1)![text]).length;
}

/** Texts that some gate would let leave with another answer than the last exit's. */
function mayDiffer({ n, predictions, uncertainties }: Calibration, thresholds: Thresholds): number {
  const texts = Array.from({ length: n }, (_, text) => text);
  return texts.filter((text) =>
    thresholds.some((threshold, exit) => (uncertainties[exit]?.[text] ?? 1) < threshold && predictions[exit]![text] !== predictions.at(-1)![text]),
  ).length;
}

/** P(Bin(n, share) <= most), term by term. */
function binomial(most: number, n: number, share: number): number {
  let [sum, ways] = [0, 1];
  for (let k = 0; k <= most; k++) {
    sum += ways * share ** k * (1 - share) ** (n - k);
    ways *= (n - k) / (k + 1);
  }
  return sum;
}

/** One layer; so many of n texts have another answer at exit 0, the most certain first. */
function oneLayer(n: number, others: number): Calibration {
  const first = Array.from({ length: n }, (_, text) => (text < others ? 1 : 0));
  const unsure = first.map((_, text) => (text + 1) / (n + 1));
  return { split: 'dev', n, labels: first.map(() => 0), predictions: [first, first.map(() => 0)], uncertainties: [unsure, unsure] };
}

test.each([0.95, 0.98, 0.99, 0.995])('for %f as many dev texts may differ as the exact test allows, and no more thresholds fit', (agreement) => {
  for (const calibration of MODELS) {
    const { thresholds, differing: told, n, confidence } = forAgreement(calibration, agreement)!;
    expect([n, confidence]).toEqual([calibration.n, 0.95]);
    expect(mayDiffer(calibration, thresholds)).toBe(told);
    expect(binomial(told, n, 1 - agreement)).toBeLessThanOrEqual(0.05);
    const more = mayDiffer(calibration, thresholds.map((threshold) => threshold + 0.001));
    expect(binomial(more, n, 1 - agreement)).toBeGreaterThan(0.05);
  }
});

test('whichever gates a device closes, no more texts differ', () => {
  for (const calibration of MODELS) {
    const { thresholds, differing: told } = forAgreement(calibration, 0.98)!;
    for (let set = 0; set < 2 ** thresholds.length; set++) {
      expect(differing(calibration, thresholds.map((threshold, exit) => (set & (1 << exit) ? threshold : 0)))).toBeLessThanOrEqual(told);
    }
  }
});

test('0.99 takes 299 texts without another answer; of fewer, or with one, all layers run', () => {
  expect(forAgreement(oneLayer(299, 0), 0.99)).toMatchObject({ meanDepth: 0, needed: 299, differing: 0 });
  expect(forAgreement(oneLayer(298, 0), 0.99)).toMatchObject({ meanDepth: 1, needed: 299, differing: 0, thresholds: [0] });
  expect(forAgreement(oneLayer(299, 1), 0.99)).toMatchObject({ meanDepth: 1, differing: 0 });
  expect(forAgreement(oneLayer(473, 1), 0.99)).toMatchObject({ meanDepth: 0, differing: 1 });
});

test('1 is all layers: no number of texts proves it', () => {
  expect(forAgreement(oneLayer(5000, 0), 1)).toMatchObject({ thresholds: [0], meanDepth: 1, needed: Infinity });
});

test('the less is promised the faster it is, down to no layers', () => {
  for (const calibration of MODELS) {
    const depths = [1, 0.999, 0.995, 0.99, 0.98, 0.95, 0.9, 0.5, 0.01].map((agreement) => forAgreement(calibration, agreement)!.meanDepth);
    expect(depths).toEqual(depths.toSorted((a, b) => b - a));
    expect([depths[0], Math.round(depths.at(-1)!)]).toEqual([6, 0]);
  }
});

test('right answers are not looked at', () => {
  const unlabelled = { ...sst2, labels: sst2.labels.map(() => 0) };
  expect(thresholdsFor({ agreement: 0.99 }, unlabelled)).toEqual(forAgreement(sst2, 0.99)!.thresholds);
});

test('of several labels all have to be those of the last exit', () => {
  const mixed = read('e2e/models/mixed');
  const { thresholds, differing: told, meanDepth } = forAgreement(mixed, 0.9)!;
  expect(meanDepth).toBeLessThan(mixed.predictions.length - 1);
  expect(told).toBeGreaterThan(0);
  const setsAt = (exit: number, text: number): number[] => mixed.label_sets![mixed.predictions[exit]![text]!]!;
  const last = mixed.predictions.length - 1;
  const texts = Array.from({ length: mixed.n }, (_, text) => text);
  const others = texts.filter((text) => String(setsAt(exitOf(mixed, text, thresholds), text)) !== String(setsAt(last, text)));
  expect(others.length).toBeLessThanOrEqual(told);
});

test('where the model has no exit nobody leaves', () => {
  const bare = <T>(rows: T[]): (T | null)[] => rows.map((row, i) => (i === 0 ? null : row));
  const setting = forAgreement({ ...sst2, predictions: bare(sst2.predictions), uncertainties: bare(sst2.uncertainties) }, 0.95)!;
  expect(setting.exits[0]).toBe(0);
  expect(setting.meanDepth).toBeLessThan(6);
});

test('of a model taught in a page nothing is promised', () => {
  const taught = { ...sst2, split: LEAVE_ONE_OUT };
  expect(forAgreement(taught, 0.5)).toBeUndefined();
  expect(thresholdsFor({ agreement: 0.5 }, taught)).toBeUndefined();
});
