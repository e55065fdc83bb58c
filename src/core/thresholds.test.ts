import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { atSpeed, atThresholds, type Calibration } from './calibration.js';
import { uniform } from './gate.js';
import { thresholdsFor } from './target.js';
import { fitThresholds, forAccuracy, forSpeedup, frontier } from './thresholds.js';

const read = (path: string): Calibration =>
  JSON.parse(readFileSync(new URL(`../../${path}/calibration.json`, import.meta.url), 'utf8')) as Calibration;
const fixture = read('e2e/models/fixture');
const shipped = read('public/models/sst2');

const cost = (calibration: Calibration, thresholds: readonly number[], price: number): number => {
  const { accuracy, meanDepth } = atThresholds(calibration, thresholds);
  return calibration.n * (1 - accuracy + price * meanDepth);
};

test.each([0.002, 0.01, 0.03])('at a price of %f no row of thresholds on a grid costs less', (price) => {
  const found = cost(fixture, fitThresholds(fixture, price), price);
  const grid = Array.from({ length: 11 }, (_, i) => i / 10);
  const least = Math.min(
    ...grid.flatMap((a) => grid.flatMap((b) => grid.map((c) => cost(fixture, [a, b, c], price)))),
  );
  // Exit by exit is no search of all rows: it may miss the best by a text or two.
  expect(found).toBeLessThanOrEqual(least + 2);
  expect(found).toBeLessThanOrEqual(cost(fixture, uniform(0, 3), price));
});

test.each([fixture, shipped])('the frontier goes from all layers to none, each faster than the last', (calibration) => {
  const settings = frontier(calibration);
  expect(settings[0]!.meanDepth).toBe(calibration.predictions.length - 1);
  expect(settings.at(-1)!.meanDepth).toBe(0);
  settings.slice(1).forEach((setting, i) => expect(setting.meanDepth).toBeLessThan(settings[i]!.meanDepth));
  expect(frontier(calibration)).toBe(settings);
});

test('fitted thresholds are no worse than one speed at equal depth on the shipped model', () => {
  for (const speed of [0.3, 0.5, 0.7]) {
    const one = atSpeed(shipped, speed);
    const fitted = forSpeedup(shipped, 6 / one.meanDepth);
    expect(fitted.meanDepth).toBeCloseTo(one.meanDepth, 1);
    expect(fitted.accuracy).toBeGreaterThanOrEqual(one.accuracy);
  }
});

test.each([1, 1.5, 2, 3, 4, 5, 8])('a speedup of %f is what the dev set then has', (times) => {
  const { meanDepth } = forSpeedup(shipped, times);
  expect(6 / meanDepth / times).toBeGreaterThan(0.98);
  expect(6 / meanDepth / times).toBeLessThan(1.02);
});

test('more than the fastest is the fastest', () => {
  expect(forSpeedup(shipped, 1e9).meanDepth).toBe(0);
});

test('an accuracy is kept at the lower end of its interval, by the fastest that does', () => {
  const setting = forAccuracy(shipped, 0.87)!;
  expect(setting.interval[0]).toBeGreaterThanOrEqual(0.87);
  const settings = frontier(shipped);
  for (const faster of settings.slice(settings.indexOf(setting) + 1)) {
    expect(faster.interval[0]).toBeLessThan(0.87);
  }
  expect(forAccuracy(shipped, 0.999)).toBeUndefined();
});

test('where there is one exit there is one setting, whatever is asked', () => {
  const only = <T>(rows: T[]): (T | null)[] => rows.map((row, i) => (i === rows.length - 1 ? row : null));
  const one = { ...fixture, predictions: only(fixture.predictions), uncertainties: only(fixture.uncertainties) };
  expect(frontier(one)).toHaveLength(1);
  expect(forSpeedup(one, 3).meanDepth).toBe(3);
});

test('a speed is one threshold for all exits', () => {
  expect(thresholdsFor({ speed: 0.4 }, fixture)).toEqual([0.4, 0.4, 0.4]);
  expect(thresholdsFor({ accuracy: 1 }, fixture)).toBeUndefined();
});
