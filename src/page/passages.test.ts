import { expect, test } from 'vitest';
import { sigmoid, softmax } from '../core/index.js';
import { shareOf } from './passages.js';

const ONE = [1.5, -0.5, 0.2];
const OTHER = [-0.4, 0.9, 0.1];
const BOTH = ONE.map((logit, i) => logit + OTHER[i]!);

test.each([
  ['classes', softmax, false],
  ['labels of their own', sigmoid, true],
] as const)('shares of passages sum to the share of the text: %s', (_, probabilities, each) => {
  for (const label of [0, 1, 2]) {
    const share = (logits: number[]): number => shareOf(probabilities(logits), label, each);
    expect(share(ONE) + share(OTHER)).toBeCloseTo(share(BOTH), 10);
  }
});

test('what says nothing has no share, and what is sure has one with an end', () => {
  expect(shareOf([0.5, 0.5], 0, false)).toBe(0);
  expect(shareOf([0.25, 0.5], 1, true)).toBe(0);
  expect(shareOf([0.1, 0.9], 1, false)).toBeGreaterThan(0);
  expect(shareOf([0.1, 0.9], 0, false)).toBeLessThan(0);
  for (const each of [true, false]) expect(Number.isFinite(shareOf([1, 0], 1, each))).toBe(true);
});
