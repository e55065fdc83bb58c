import { expect, test } from 'vitest';
import { distance } from './agreement.js';
import type { Belief } from './gate.js';

const beliefs = (...firsts: number[]): Belief[] => firsts.map((p, exit) => ({ exit, probabilities: [p, 1 - p], uncertainty: 0 }));

test('the exit and class in which they differ most', () => {
  expect(distance(beliefs(0.9, 0.2, 0.5), beliefs(0.85, 0.6, 0.5))).toBeCloseTo(0.4);
  expect(distance(beliefs(0.9), beliefs(0.9))).toBe(0);
});
