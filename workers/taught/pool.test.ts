/** Pooling against the definition. */

import { expect, it } from 'vitest';
import { poolTexts, tokenWeights } from './pool.js';

it('is the mean over a text\'s tokens, of length 1, whatever is beside it', () => {
  // Two texts, of two tokens and of one; width 2 of a stride of 4.
  const hidden = Float32Array.of(1, 2, 9, 9, 5, 0, 9, 9, 0, -3, 9, 9);
  const [one, other] = poolTexts(hidden, [2, 1], 4, 2);
  expect([...one!]).toEqual([3 / Math.hypot(3, 1), 1 / Math.hypot(3, 1)]);
  expect([...other!]).toEqual([0, -1]);
  expect(poolTexts(hidden.subarray(8), [1], 4, 2)).toEqual([other]);
});

it('a state of zeros stays zeros', () => {
  expect([...poolTexts(new Float32Array(4), [2], 2, 2)[0]!]).toEqual([0, 0]);
});

it('counts the commonest words, and what is no word, a fifth; rare ones nearly whole', () => {
  const [first, cls, the, rare] = tokenWeights([0, 101, 1996, 20_000], 1996)!;
  expect([first, cls]).toEqual([the, the]);
  expect(the).toBeCloseTo(3 / 14);
  expect(rare).toBeGreaterThan(0.999);
});

it('weighs each text by its own weights', () => {
  const hidden = Float32Array.of(1, 0, 0, 1, 4, 4);
  const [one, other] = poolTexts(hidden, [2, 1], 2, 2, [Float64Array.of(0.75, 1), Float64Array.of(0.1)]);
  expect(one![0]).toBeCloseTo(0.6);
  expect(one![1]).toBeCloseTo(0.8);
  expect(other![0]).toBeCloseTo(Math.SQRT1_2);
});
