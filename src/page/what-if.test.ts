import { expect, test } from 'vitest';
import type { WordEffect } from '../index.js';
import { alone, pairsToTry, toFlip, toLeave, type Change, type Whole } from './what-if.js';

const whole: Whole = { uncertainty: 0.6, probability: 0.7, labels: ['positive'] };

/** Words, and a sentence at the end, with their changes at exit 2. */
const effects: WordEffect[] = [
  [-0.2, 0.1, 'positive'],
  [-0.35, 0.2, 'positive'],
  [0.3, -0.3, 'negative'],
  [0.1, -0.45, 'negative'],
  [-0.58, 0.29, 'positive'],
].map(([uncertainty, probability, label], i) => ({
  unit: i === 4 ? ('sentence' as const) : ('word' as const),
  start: 5 * i,
  end: 5 * i + 4,
  exits: [{ exit: 2, uncertainty: uncertainty as number, probability: probability as number, labels: [label as string] }],
}));
const changes = alone(effects, 2, whole);

test('a part that is left out alone changes an exit by what it was found to', () => {
  expect(changes).toHaveLength(effects.length);
  expect(changes[1]!.parts).toEqual([1]);
  expect(changes[1]!.uncertainty).toBeCloseTo(0.25);
  expect(changes[1]!.probability).toBeCloseTo(0.9);
  expect(alone(effects, 1, whole)).toEqual([]);
});

test('a word is less than a sentence, and of two words the one by which the text is surer', () => {
  expect(toLeave(changes, effects, 0.5)!.parts).toEqual([1]);
  expect(toLeave(changes, effects, 0.1)!.parts).toEqual([4]);
  // Strictly under the line.
  expect(toLeave(changes, effects, changes[4]!.uncertainty)).toBeUndefined();
});

test('one word is less than two, two less than a sentence', () => {
  const both: Change = { parts: [0, 1], uncertainty: 0.05, probability: 0.99, labels: ['positive'] };
  expect(toLeave([...changes, both], effects, 0.5)!.parts).toEqual([1]);
  expect(toLeave([...changes, both], effects, 0.1)!.parts).toEqual([0, 1]);
});

test('the answer is flipped by the word that takes most from it', () => {
  expect(toFlip(changes, effects, whole)!.parts).toEqual([3]);
  expect(toFlip(changes.slice(0, 2), effects, whole)).toBeUndefined();
  const none: Change = { parts: [0], uncertainty: 0.6, probability: 0.4, labels: [] };
  expect(toFlip([none], effects, whole)).toBe(none);
});

test('pairs are made of the words that matter most, never of sentences', () => {
  expect(pairsToTry(changes, effects, 'leave')).toEqual([[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
  const many = Array.from({ length: 40 }, (_, i): WordEffect => ({ ...effects[0]!, start: i, exits: [{ exit: 2, uncertainty: -i / 100, probability: i / 100, labels: ['positive'] }] }));
  const tried = pairsToTry(alone(many, 2, whole), many, 'leave');
  expect(tried).toHaveLength(15);
  expect(new Set(tried.flat())).toEqual(new Set([34, 35, 36, 37, 38, 39]));
  expect(new Set(pairsToTry(alone(many, 2, whole), many, 'flip').flat())).toEqual(new Set([0, 1, 2, 3, 4, 5]));
});
