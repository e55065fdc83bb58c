/** Pooling against the definition. */

import { expect, it } from 'vitest';
import { poolTexts } from './pool.js';

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
