import { expect, test } from 'vitest';
import type { Verdict } from '../index.js';
import { Recording } from './recording.js';

const belief = (exit: number, uncertainty = 0.5) => ({ exit, uncertainty, probabilities: [0.5, 0.5] });
const verdict = (exit: number) => ({ exit, trajectory: [belief(0), belief(1)] }) as Verdict;

test('a text that waits for a layer says so until the layer has spoken', () => {
  const recording = new Recording([{ text: 'a' }]);
  recording.add({ index: 0, belief: belief(1) });
  recording.add({ index: 0, belief: belief(1), waitsFor: 2 });
  expect(recording.samples()[0]).toMatchObject({ waitsFor: 2, trajectory: [{ exit: 1 }] });
  recording.add({ index: 0, belief: belief(2) });
  expect(recording.samples()[0]!.waitsFor).toBeUndefined();
});

test('events reach their texts, and lists handed out stay as they were', () => {
  const recording = new Recording([{ text: 'a' }, { text: 'b', gold: [1] }]);
  const before = recording.samples();
  recording.add({ index: 1, belief: belief(0) });
  recording.add({ index: 1, belief: belief(1), verdict: verdict(1) });
  const after = recording.samples();
  expect(before[1]!.trajectory).toEqual([]);
  expect(after[1]).toMatchObject({ gold: [1], trajectory: [{ exit: 0 }, { exit: 1 }], verdict: { exit: 1 } });
  expect(after[0]).toBe(before[0]);
});

test('a text that starts over after a lost GPU replaces what it had', () => {
  const recording = new Recording([{ text: 'a' }]);
  for (const one of [belief(0, 0.9), belief(1, 0.8), belief(0, 0.7)]) recording.add({ index: 0, belief: one });
  expect(recording.samples()[0]!.trajectory).toEqual([belief(0, 0.7)]);
});

test('the verdicts of the whole call overrule the events', () => {
  const recording = new Recording([{ text: 'a' }]);
  recording.add({ index: 0, belief: belief(0) });
  recording.finish([verdict(1)]);
  expect(recording.samples()[0]).toMatchObject({ trajectory: [{ exit: 0 }, { exit: 1 }], verdict: { exit: 1 } });
});

test('an event of no known text is passed over', () => {
  const recording = new Recording([{ text: 'a' }]);
  recording.add({ index: 7, belief: belief(0) });
  expect(recording.samples()).toHaveLength(1);
});
