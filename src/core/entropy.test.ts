import { expect, test } from 'vitest';
import { beliefOf, sigmoid, softmax, uncertainty } from './entropy.js';

test('softmax sums to one and keeps the order, also for logits that would overflow', () => {
  const p = softmax([1000, 1001, 999]);
  expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(p[1]! > p[0]! && p[0]! > p[2]!).toBe(true);
  expect(p[1]! / p[0]!).toBeCloseTo(Math.E, 10);
});

test('a broken logit stays visible', () => {
  expect(softmax([Number.NaN, 0]).every(Number.isNaN)).toBe(true);
});

test('uncertainty is 1 when uniform, 0 when on one class, whatever the number of classes', () => {
  for (const n of [2, 4, 150]) {
    expect(uncertainty(Array<number>(n).fill(1 / n), n)).toBeCloseTo(1, 12);
    expect(uncertainty([1, ...Array<number>(n - 1).fill(0)], n)).toBe(0);
  }
});

test('uncertainty is the entropy over its greatest value', () => {
  // -(0.9 ln 0.9 + 0.1 ln 0.1) / ln 2
  expect(uncertainty([0.9, 0.1], 2)).toBeCloseTo(0.4689955935892812, 12);
});

test('of many classes, an even spread over k of them is already 1', () => {
  const over = (k: number): number[] => Array.from({ length: 150 }, (_, i) => (i < k ? 1 / k : 0));
  expect(uncertainty(over(5), 5)).toBeCloseTo(1, 12);
  expect(uncertainty(over(3), 5)).toBeCloseTo(Math.log(3) / Math.log(5), 12);
  expect(uncertainty(over(150), 5)).toBe(1);
});

test('uncertainty never leaves [0, 1] by rounding', () => {
  for (let n = 2; n < 200; n++) {
    const u = uncertainty(softmax(Array<number>(n).fill(0.1)), n);
    expect(u).toBeLessThanOrEqual(1);
    expect(u).toBeGreaterThan(0.999999);
  }
});

test('of classes a belief is a softmax and its entropy', () => {
  const belief = beliefOf([0, Math.log(9)], 2, { problem_type: 'single_label_classification', uncertainty_classes: 2 });
  expect(belief.exit).toBe(2);
  expect(belief.probabilities[1]).toBeCloseTo(0.9, 12);
  expect(belief.uncertainty).toBeCloseTo(0.4689955935892812, 12);
  expect(belief.labelUncertainties).toBeUndefined();
});

test('of labels that are each right or not, a belief is as uncertain as the label that is least certain', () => {
  const belief = beliefOf([-40, Math.log(9), 40], 1, { problem_type: 'multi_label_classification', uncertainty_classes: 2 });
  expect(belief.probabilities[0]).toBeCloseTo(0, 12);
  expect(belief.probabilities[1]).toBeCloseTo(0.9, 12);
  expect(belief.probabilities[2]).toBeCloseTo(1, 12);
  expect(belief.labelUncertainties![0]).toBeCloseTo(0, 12);
  expect(belief.uncertainty).toBe(belief.labelUncertainties![1]);
  expect(belief.uncertainty).toBeCloseTo(0.4689955935892812, 12);
});

test('a sigmoid of any logit is a probability', () => {
  expect(sigmoid([-1000, 0, 1000])).toEqual([0, 0.5, 1]);
});
