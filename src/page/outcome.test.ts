import { expect, test } from 'vitest';
import type { Verdict } from '../index.js';
import { answer, outcome, tally, type Sample } from './outcome.js';

/** A belief in class 1 with the uncertainty given. */
const belief = (exit: number, uncertainty: number, positive = 0.9) => ({
  exit,
  uncertainty,
  probabilities: [1 - positive, positive],
});

const recorded: Sample = {
  text: 'fine',
  gold: [1],
  trajectory: [belief(0, 0.9, 0.4), belief(1, 0.6), belief(2, 0.2)],
};

test('a recorded text leaves elsewhere at another speed, and may be wrong there', () => {
  expect(outcome(recorded, 0.5, 0.7, 2)).toMatchObject({ belief: { exit: 1 }, right: true });
  expect(outcome(recorded, 0.5, 0.95, 2)).toMatchObject({ belief: { exit: 0 }, right: false });
});

test('the gate is strict', () => {
  expect(outcome(recorded, 0.5, 0.6, 2).belief?.exit).toBe(2);
});

test('at its own speed the verdict is what counts', () => {
  const verdict = { exit: 1 } as Verdict;
  expect(outcome({ ...recorded, verdict }, 0.1, 0.1, 2).belief?.exit).toBe(1);
});

test('where a fast recording ends too early, there is no answer', () => {
  const fast = { ...recorded, trajectory: recorded.trajectory.slice(0, 2) };
  expect(outcome(fast, 0.7, 0.3, 2)).toEqual({ belief: undefined, right: undefined });
});

test("a teacher's belief alone does not say where a faster run would leave", () => {
  const full = { ...recorded, trajectory: [belief(2, 0.2)] };
  expect(outcome(full, 0, 0.5, 2).belief).toBeUndefined();
  expect(outcome(full, 0, 0, 2).belief?.exit).toBe(2);
});

test('without a label there is neither right nor wrong', () => {
  expect(outcome({ ...recorded, gold: undefined }, 0.5, 0.7, 2).right).toBeUndefined();
});

test('of a multi-label model all labels above a half are the answer, right where they are the whole set', () => {
  const several = { exit: 0, uncertainty: 0.5, probabilities: [0.9, 0.2, 0.8], labelUncertainties: [0.1, 0.5, 0.4] };
  expect(answer(several)).toEqual({ classes: [0, 2], score: 0.8 });
  expect(answer({ ...several, probabilities: [0.1, 0.2, 0.3] })).toEqual({ classes: [], score: 0.7 });
  const sample = (gold: number[]): Sample => ({ text: 'x', gold, trajectory: [several] });
  expect(outcome(sample([0, 2]), 0.9, 0.9, 2).right).toBe(true);
  expect(outcome(sample([0]), 0.9, 0.9, 2).right).toBe(false);
});

test('a tally counts what left, by exit and by rightness', () => {
  const outcomes = [
    { belief: belief(0, 0.1), right: true },
    { belief: belief(2, 0.1), right: false },
    { belief: belief(2, 0.1), right: undefined },
    { belief: undefined, right: undefined },
  ];
  expect(tally(outcomes, 2)).toEqual({
    n: 3,
    labelled: 2,
    right: 1,
    meanDepth: 4 / 3,
    exits: [
      { right: 1, wrong: 0, unlabelled: 0 },
      { right: 0, wrong: 0, unlabelled: 0 },
      { right: 0, wrong: 1, unlabelled: 1 },
    ],
  });
  expect(tally([], 2).meanDepth).toBeNaN();
});
