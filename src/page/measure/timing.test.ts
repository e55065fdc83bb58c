import { expect, test } from 'vitest';
import { ratio, seeded, times } from './timing.js';

test('times in figures', () => {
  expect(times([4, 1, 2, 3])).toEqual({ mean: 2.5, p25: 1.75, p50: 2.5, p75: 3.25, p95: 3.85 });
});

test('a ratio of sums, and the interval of its resamples: the same each time', () => {
  const slow = [10, 12, 8, 11];
  expect(ratio(slow, slow.map((ms) => ms / 2))).toEqual({ ratio: 2, interval: [2, 2] });
  const found = ratio(slow, [5, 3, 6, 4]);
  expect(found.ratio).toBeCloseTo(41 / 18, 3);
  expect(found.interval[0]).toBeLessThan(found.ratio);
  expect(found.interval[1]).toBeGreaterThan(found.ratio);
  expect(ratio(slow, [5, 3, 6, 4])).toEqual(found);
});

test('seeded numbers are spread over [0, 1) and repeat', () => {
  const [one, two] = [seeded(3), seeded(3)];
  const drawn = Array.from({ length: 1000 }, one);
  expect(drawn).toEqual(Array.from({ length: 1000 }, two));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(Math.abs(drawn.reduce((a, b) => a + b) / 1000 - 0.5)).toBeLessThan(0.03);
});
