import { expect, test } from 'vitest';
import { beliefOf } from '../../core/index.js';
import { gateRows, logitShare, stackOf } from './gate-parts.js';

const single = { problem_type: 'single_label_classification' } as const;

test('the parts add up to the uncertainty, the probabilities to 1, and logits lie as far apart as they were', () => {
  const logits = [1.5, -0.25, 0.5, -2];
  const belief = beliefOf(logits, 2, { ...single, uncertainty_classes: 4 });
  const rows = gateRows(belief, 4);
  expect(rows.map(({ label }) => label)).toEqual([0, 1, 2, 3]);
  expect(rows.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(belief.uncertainty, 12);
  expect(rows.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  rows.forEach(({ logit }, i) => expect(logit!).toBeCloseTo(logits[i]! - 1.5, 9));
  expect(stackOf(rows).at(-1)!.to).toBeCloseTo(belief.uncertainty, 12);
});

test('of many classes the likeliest have rows and the others share one, so that nothing is missing from the sum', () => {
  const belief = beliefOf(Array.from({ length: 150 }, (_, i) => (i === 77 ? 6 : Math.sin(i))), 1, { ...single, uncertainty_classes: 5 });
  const rows = gateRows(belief, 5);
  expect(rows).toHaveLength(6);
  expect(rows[0]!.label).toBe(77);
  expect(rows.at(-1)).toMatchObject({ label: undefined, classes: 145, logit: undefined });
  expect(Math.min(1, rows.reduce((sum, { part }) => sum + part, 0))).toBeCloseTo(belief.uncertainty, 12);
});

test('an uncertainty beyond 1 is 1: the stack ends at its scale', () => {
  const belief = beliefOf(Array<number>(150).fill(0), 0, { ...single, uncertainty_classes: 5 });
  const stack = stackOf(gateRows(belief, 5));
  expect(belief.uncertainty).toBe(1);
  expect(stack.at(-1)!.to).toBe(1);
  for (const { from, to } of stack) expect(to).toBeGreaterThanOrEqual(from);
});

test('labels that are each right or not come with their own logits and uncertainties, the least certain first', () => {
  const logits = [-6, 0.3, 5, -1, 9, -9, 2];
  const belief = beliefOf(logits, 1, { problem_type: 'multi_label_classification', uncertainty_classes: 2 });
  const rows = gateRows(belief, 2);
  expect(rows.map(({ label }) => label)).toEqual([1, 3, 6, 2, 0]);
  expect(rows[0]!.part).toBe(belief.uncertainty);
  for (const { label, logit } of rows) expect(logit!).toBeCloseTo(logits[label!]!, 6);
});

test('a class without any chance has a bar of full length, and no part', () => {
  const belief = beliefOf([0, -1000], 0, { ...single, uncertainty_classes: 2 });
  const [, none] = gateRows(belief, 2);
  expect(none!.part).toBe(0);
  expect(logitShare(none!.logit!)).toBe(1);
  expect(logitShare(0)).toBe(0);
  expect(logitShare(-4)).toBe(0.5);
});
