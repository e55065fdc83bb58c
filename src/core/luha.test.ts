import { expect, test } from 'vitest';
import { wilson, type Calibration } from './calibration.js';
import { luha, reliability } from './luha.js';

/** Five texts, two exits and a hidden state between them that has none. */
const calibration: Calibration = {
  split: 'dev',
  n: 5,
  labels: [0, 1, 1, 0, 1],
  predictions: [[0, 1, 0, 1, 1], null, [0, 1, 1, 0, 0]],
  uncertainties: [[0, 0.05, 0.3, 0.95, 1], null, [0.01, 0.02, 0.03, 0.04, 0.05]],
};

test('ten equal bins, each from its low end to below its high end, the last with 1', () => {
  const bins = luha(calibration, 0);
  expect(bins.map(({ low, high }) => [low, high])).toEqual([
    [0, 0.1], [0.1, 0.2], [0.2, 0.3], [0.3, 0.4], [0.4, 0.5],
    [0.5, 0.6], [0.6, 0.7], [0.7, 0.8], [0.8, 0.9], [0.9, 1],
  ]);
  expect(bins.map(({ n }) => n)).toEqual([2, 0, 0, 1, 0, 0, 0, 0, 0, 2]);
  expect(bins.map(({ right }) => right)).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("a bin's accuracy comes with Wilson's interval, an empty bin's is none", () => {
  const [first, empty, , , , , , , , last] = luha(calibration, 0);
  expect(first).toMatchObject({ accuracy: 1, interval: wilson(2, 2) });
  expect(empty).toMatchObject({ accuracy: undefined, interval: undefined });
  expect(last).toMatchObject({ accuracy: 0.5, interval: wilson(1, 2) });
});

test('each exit has bins of its own; without one they are empty', () => {
  expect(luha(calibration, 2)[0]).toMatchObject({ n: 5, right: 4 });
  expect(luha(calibration, 1).every(({ n, accuracy }) => n === 0 && accuracy === undefined)).toBe(true);
});

test('below a threshold are the texts that it lets go, strictly', () => {
  expect(reliability(calibration, 0, 0, 0.3)).toMatchObject({ n: 2, right: 2 });
  expect(reliability(calibration, 0, 0, 0.31)).toMatchObject({ n: 3, right: 2 });
  expect(reliability(calibration, 0, 0, 0)).toMatchObject({ n: 0, accuracy: undefined });
  expect(reliability(calibration, 0, 0.3, Infinity)).toMatchObject({ n: 3, right: 1 });
});
