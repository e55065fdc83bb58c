/** How sure a head is made: against a plain search. */

import { expect, it } from 'vitest';
import { logSoftmax, sharpen } from './opinions.js';

/** The log loss of logits of two classes times a factor, one of n + 2 texts counted as having the other label. */
function lossOf(logits: Float64Array, labels: Int32Array, factor: number): number {
  const n = labels.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const said = logSoftmax(Float64Array.of(logits[2 * i]! * factor, logits[2 * i + 1]! * factor));
    sum -= (1 - 1 / (n + 2)) * said[labels[i]!]! + (1 / (n + 2)) * said[1 - labels[i]!]!;
  }
  return sum / n;
}

it('log-probabilities sum to one, also of logits that no power holds', () => {
  const said = logSoftmax(Float64Array.of(5000, 4999, -5000));
  expect(said.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 12);
  expect(said[0]! - said[1]!).toBeCloseTo(1, 9);
});

it('the factor is that of least loss', () => {
  const logits = Float64Array.of(3, 0, 2, 1, 0, 1, 4, 0, 0, 2, 1, 0);
  const labels = Int32Array.of(0, 0, 1, 0, 1, 1);
  const { factor, loss } = sharpen(logits, 2, { labels, rows: Int32Array.from(labels.keys()) });
  expect(loss).toBeCloseTo(lossOf(logits, labels, factor), 10);
  for (const other of [0.9, 0.97, 1.03, 1.1]) expect(lossOf(logits, labels, factor * other)).toBeGreaterThan(loss);
});

it('heads that are right of all of a few texts are not made wholly sure', () => {
  const logits = Float64Array.of(1, 0, 1, 0, 0, 1, 0, 1);
  const labels = Int32Array.of(0, 0, 1, 1);
  const { factor } = sharpen(logits, 2, { labels, rows: Int32Array.of(0, 1, 2, 3) });
  expect(1 / (1 + Math.exp(-factor))).toBeCloseTo(5 / 6, 1);
});

it('texts that are not looked at have no say', () => {
  const logits = Float64Array.of(3, 0, 2, 1, 0, 1, 0, 9);
  const labels = Int32Array.of(0, 0, 1, 0);
  const rows = Int32Array.of(0, 1, 2);
  expect(sharpen(logits, 2, { labels, rows }).factor).toBe(sharpen(logits.slice(0, 6), 2, { labels: labels.slice(0, 3), rows }).factor);
});
