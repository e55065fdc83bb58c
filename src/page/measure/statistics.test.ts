import { expect, test } from 'vitest';
import { mean, quantile } from './statistics.js';

test('the mean of a list', () => {
  expect(mean([1, 2, 6])).toBe(3);
});

test('the median is the middle value, or half-way between the two in the middle', () => {
  expect(quantile([9, 1, 5], 0.5)).toBe(5);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
});

test('p95 lies between its neighbours as numpy puts it', () => {
  // numpy.percentile([10, 20, 30, 40, 50], 95) → 48.0
  expect(quantile([50, 10, 40, 20, 30], 0.95)).toBeCloseTo(48, 10);
});

test('one value is all its quantiles, and the ends are the ends', () => {
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([3, 1, 2], 0)).toBe(1);
  expect(quantile([3, 1, 2], 1)).toBe(3);
});

test('the list is left as it was', () => {
  const values = [3, 1, 2];
  quantile(values, 0.5);
  expect(values).toEqual([3, 1, 2]);
});

test('no values have no mean and no quantile', () => {
  expect(mean([])).toBeNaN();
  expect(quantile([], 0.5)).toBeNaN();
});
