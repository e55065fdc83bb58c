import { expect, test } from 'vitest';
import { disagreement, disagrees, fullBelief } from './disagreement.js';
import { outcome, type Sample } from './outcome.js';

const L = 2;
const sure = (exit: number, positive: number) => ({ exit, uncertainty: 0.1, probabilities: [1 - positive, positive] });
/** Leaves at exit 0 with the first probability; the last layer says the second. */
const sample = (first: number, last?: number, gold?: number): Sample => ({
  text: 'x',
  gold: gold === undefined ? undefined : [gold],
  trajectory: [sure(0, first), ...(last === undefined ? [] : [sure(1, first), sure(L, last)])],
});
const outcomes = (samples: readonly Sample[], speed = 0.5) => samples.map((one) => outcome(one, speed, speed, L));

test('both answers have to be known', () => {
  const [changed, stayed, unknown] = [sample(0.9, 0.1), sample(0.9, 0.6), sample(0.9)];
  const of = (one: Sample) => disagrees(one, outcomes([one])[0]!, L);
  expect([changed, stayed, unknown].map(of)).toEqual([true, false, undefined]);
  expect(disagrees(changed, { belief: undefined, right: undefined }, L)).toBeUndefined();
});

test('what an earlier run found out holds until this one knows better', () => {
  const earlier = { ...sample(0.9), full: sure(L, 0.2) };
  expect(fullBelief(earlier, L)).toBe(earlier.full);
  expect(disagrees(earlier, outcomes([earlier])[0]!, L)).toBe(true);
  expect(fullBelief({ ...sample(0.9, 0.8), full: sure(L, 0.2) }, L)?.probabilities[1]).toBe(0.8);
});

test('at speed 0 nothing leaves early, so nothing differs', () => {
  const samples = [sample(0.9, 0.1, 1)];
  expect(disagreement(samples, outcomes(samples, 0), L)).toMatchObject({ n: 1, differ: 0 });
});

test('of those that differ the labels say which answer is right; unknown ones count nowhere', () => {
  const samples = [
    sample(0.9, 0.1, 1), // fast is right
    sample(0.9, 0.1, 0), // full is right
    sample(0.8, 0.3, 0), // full is right
    sample(0.9, 0.1), // who knows
    sample(0.9, 0.8, 0), // both are wrong, alike
    sample(0.9, undefined, 1),
  ];
  expect(disagreement(samples, outcomes(samples), L)).toEqual({ n: 5, differ: 4, labelled: 3, fastRight: 1, fullRight: 2 });
});

test('of three classes both answers may be wrong', () => {
  const among = (exit: number, best: number) => ({ exit, uncertainty: 0.1, probabilities: [0, 1, 2].map((i) => (i === best ? 0.9 : 0.05)) });
  const samples: Sample[] = [{ text: 'x', gold: [2], trajectory: [among(0, 0), among(1, 0), among(2, 1)] }];
  expect(disagreement(samples, outcomes(samples), L)).toEqual({ n: 1, differ: 1, labelled: 1, fastRight: 0, fullRight: 0 });
});

test('of a multi-label model all labels have to be the same', () => {
  const several = (exit: number, ...probabilities: number[]) => ({ exit, uncertainty: 0.1, probabilities, labelUncertainties: [0.1, 0.1] });
  const of = (...last: number[]) => {
    const one: Sample = { text: 'x', trajectory: [several(0, 0.9, 0.8), several(1, 0.9, 0.8), several(2, ...last)] };
    return disagrees(one, outcomes([one])[0]!, L);
  };
  expect([of(0.6, 0.9), of(0.9, 0.2), of(0.1, 0.1)]).toEqual([false, true, true]);
});
