import { expect, test } from 'vitest';
import { uniform, type Belief } from './gate.js';
import { replay } from './replay.js';

const trajectory: Belief[] = [0.9, 0.4, 0.6, 0.1].map((uncertainty, exit) => ({
  exit,
  probabilities: [1 - exit / 10, exit / 10],
  uncertainty,
}));

test('the first exit under the threshold answers, though a later one is less sure', () => {
  expect(replay(trajectory, uniform(0.5, 3))?.exit).toBe(1);
  expect(replay(trajectory, uniform(0.95, 3))?.exit).toBe(0);
  expect(replay(trajectory, uniform(0.3, 3))?.exit).toBe(3);
});

test('speed 0 gives the last exit', () => {
  expect(replay(trajectory, uniform(0, 3))?.exit).toBe(3);
});

test('a recording that ended too early says so', () => {
  expect(replay(trajectory.slice(0, 2), uniform(0.3, 3))).toBeUndefined();
});
