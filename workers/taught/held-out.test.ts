/** Figures of what was held out. */

import { expect, it } from 'vitest';
import { logSoftmax } from './opinions.js';
import { answerOf, calibrationOf, confusionsOf, nothingLost } from './held-out.js';

/** Two exits, four texts of two labels, the last the only one that cannot be left out. */
const said = (...logits: number[]): Float64Array => {
  const all = Float64Array.from(logits);
  for (let at = 0; at < all.length; at += 2) logSoftmax(all.subarray(at, at + 2));
  return all;
};
const heads = { rows: Int32Array.of(0, 1, 2), heldOut: [said(4, 0, 1, 0, 0.2, 0, 0, 9), said(3, 0, 0, 2, 0, 2, 9, 0)] };
const labels = Int32Array.of(0, 1, 1, 0);
const calibration = calibrationOf(heads, labels, 2, 2);

it('an answer is the likeliest label, and how sure it is', () => {
  const { label, score, uncertainty } = answerOf(said(0, 2), 2);
  const p = 1 / (1 + Math.exp(-2));
  expect({ label, score }).toEqual({ label: 1, score: expect.closeTo(p, 12) });
  expect(uncertainty).toBeCloseTo(-(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2), 12);
});

it('texts that could not be left out are not counted', () => {
  expect(calibration).toMatchObject({ split: 'leave-one-out', n: 3, labels: [0, 1, 1], predictions: [[0, 0, 0], [0, 1, 1]] });
  expect(confusionsOf(calibration, 2)).toEqual([[1, 0], [0, 2]]);
});

it('nothing is lost up to where the first text would leave wrong', () => {
  // Exit 0 is sure of the first text (right) and wrong of the other two, of the second at an uncertainty of 0.84.
  const second = calibration.uncertainties[0]![1]!;
  const { speed, accuracy, meanDepth } = nothingLost(calibration);
  expect(accuracy).toBe(1);
  expect(speed).toBeLessThanOrEqual(second);
  expect(speed).toBeGreaterThan(second - 0.02);
  expect(meanDepth).toBeCloseTo(2 / 3, 12);
});
