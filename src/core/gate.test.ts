import { expect, test } from 'vitest';
import { gate, leaves, type Belief } from './gate.js';

const belief = (uncertainty: number, exit = 1): Belief => ({
  exit,
  probabilities: [0.5, 0.5],
  uncertainty,
});

test('the gate is strict: U equal to speed goes on', () => {
  expect(leaves(belief(0.3), 0.3, false)).toBe(false);
  expect(leaves(belief(0.2999999), 0.3, false)).toBe(true);
});

test('speed 0 never leaves early, not even at U = 0', () => {
  expect(leaves(belief(0), 0, false)).toBe(false);
});

test('speed 1 keeps only the wholly undecided', () => {
  expect(leaves(belief(1), 1, false)).toBe(false);
  expect(leaves(belief(0.9999), 1, false)).toBe(true);
});

test('the last exit always answers', () => {
  expect(leaves(belief(1), 0, true)).toBe(true);
  expect(gate([belief(1), belief(0)], 0, true)).toEqual({ leaving: [0, 1], staying: [] });
});

test('a batch is split by row, in order', () => {
  const beliefs = [belief(0.9), belief(0.1), belief(0.5), belief(0.2)];
  expect(gate(beliefs, 0.5, false)).toEqual({ leaving: [1, 3], staying: [0, 2] });
});

test('NaN does not leave before the last exit', () => {
  expect(leaves(belief(Number.NaN), 1, false)).toBe(false);
});
