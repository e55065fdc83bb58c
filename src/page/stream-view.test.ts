import { expect, test } from 'vitest';
import type { Verdict } from '../index.js';
import { outcome, type Sample } from './outcome.js';
import { EVERYTHING, isFiltered, shownTexts, type SortKey, type StreamView } from './stream-view.js';

const L = 2;
const belief = (exit: number, uncertainty: number, positive: number) => ({ exit, uncertainty, probabilities: [1 - positive, positive] });
const verdict = (exit: number, embed: number) =>
  ({ exit, times: { tokenize: 0, embed, steps: [], readback: 0, compact: 0, total: embed } }) as unknown as Verdict;

/** In the order given: sure and wrong; unsure, changed by the last layer; sure and right; not yet through. */
const samples: Sample[] = [
  { text: 'Good, they say', gold: [0], trajectory: [belief(0, 0.3, 0.9), belief(1, 0.2, 0.9), belief(2, 0.1, 0.95)], verdict: verdict(0, 3) },
  { text: 'not GOOD', gold: [0], trajectory: [belief(0, 0.9, 0.4), belief(1, 0.4, 0.3), belief(2, 0.35, 0.8)], verdict: verdict(1, 9) },
  { text: 'a bad one', gold: [0], trajectory: [belief(0, 0.2, 0.1), belief(1, 0.1, 0.1), belief(2, 0.1, 0.1)], verdict: verdict(0, 4) },
  { text: 'good?', trajectory: [belief(0, 0.8, 0.7)] },
];
const at = (speed: number) => ({
  samples,
  outcomes: samples.map((one) => outcome(one, 0.5, speed, L)),
  layers: L,
  labels: ['negative', 'positive'],
  replayed: speed !== 0.5,
});
const shown = (view: Partial<StreamView>, speed = 0.5) => shownTexts({ ...EVERYTHING, ...view }, at(speed));

test.each<[SortKey, number[], number[]]>([
  ['given', [0, 1, 2, 3], [3, 2, 1, 0]],
  ['label', [1, 2, 0, 3], [0, 1, 2, 3]],
  ['score', [1, 0, 2, 3], [0, 2, 1, 3]],
  ['exit', [0, 2, 1, 3], [1, 0, 2, 3]],
  ['uncertainty', [2, 0, 1, 3], [1, 0, 2, 3]],
  ['ms', [0, 2, 1, 3], [1, 2, 0, 3]],
])('by %s up and down: equal ones as given, unknown ones last', (sort, up, down) => {
  expect(shown({ sort })).toEqual(up);
  expect(shown({ sort, descending: true })).toEqual(down);
});

test('a pair is found by either of its texts', () => {
  const pair: Sample = { text: { text: 'one', text_pair: 'TWO' }, trajectory: [] };
  const found = (contains: string) => shownTexts({ ...EVERYTHING, contains }, { ...at(0.5), samples: [pair], outcomes: [outcome(pair, 0.5, 0.5, L)] });
  expect([found('one'), found('two'), found('three')]).toEqual([[0], [0], []]);
});

test('times of another speed sort nothing', () => {
  expect(shown({ sort: 'ms', descending: true }, 0.2)).toEqual([0, 1, 2, 3]);
});

test.each<[Partial<StreamView>, number[]]>([
  [{ contains: 'good' }, [0, 1, 3]],
  [{ contains: 'nothing like it' }, []],
  [{ only: 'wrong' }, [0]],
  [{ only: 'disagree' }, [1]],
  [{ label: 0 }, [1, 2]],
  [{ exit: 0 }, [0, 2]],
  [{ contains: 'good', exit: 0 }, [0]],
  [{ label: 1, only: 'wrong', exit: 0, contains: 'they' }, [0]],
])('%j shows %j', (view, expected) => {
  expect(shown(view)).toEqual(expected);
  expect(isFiltered({ ...EVERYTHING, ...view })).toBe(true);
});

test('what is shown follows the speed', () => {
  expect(shown({ only: 'wrong' }, 0)).toEqual([0, 1]);
  expect(shown({ only: 'disagree' }, 0)).toEqual([]);
  expect(shown({ exit: 0 }, 0.25)).toEqual([2]);
});

test('sorting alone hides nothing, and sorts what a filter leaves', () => {
  expect(isFiltered({ ...EVERYTHING, sort: 'exit', descending: true })).toBe(false);
  expect(shown({ contains: 'good', sort: 'uncertainty', descending: true })).toEqual([1, 0, 3]);
});

test('of a multi-label model the chosen label may be one of several', () => {
  const several = (...probabilities: number[]): Sample => ({
    text: 'x',
    trajectory: [{ exit: 0, uncertainty: 0.1, probabilities, labelUncertainties: [0.1, 0.1] }],
  });
  const all = [several(0.9, 0.9), several(0.9, 0.1), several(0.1, 0.1)];
  const seen = { ...at(0.5), samples: all, outcomes: all.map((one) => outcome(one, 0.5, 0.5, L)) };
  expect(shownTexts({ ...EVERYTHING, label: 1 }, seen)).toEqual([0]);
  expect(shownTexts({ ...EVERYTHING, sort: 'label', descending: true }, seen)).toEqual([0, 1, 2]);
});
