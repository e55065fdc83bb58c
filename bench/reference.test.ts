import { expect, test } from 'vitest';
import { compare, parseReference } from './reference.js';
import type { Outcome } from './measure.js';

const REFERENCE = {
  model: 'm',
  data: 'test.tsv',
  n: 4,
  speeds: { '0.30': { labels: [1, 0, 1, 0], exits: [0, 2, 1, 6] } },
};

function outcome(label: number, exit: number, ...gated: number[]): Outcome {
  return { label, exit, depth: exit, uncertainty: gated.at(-1)!, gated, ms: 1 };
}

const OUTCOMES = [
  outcome(1, 0, 0.1),
  outcome(0, 1, 0.9, 0.2995), // left a layer early, by a hair
  outcome(0, 1, 0.5, 0.1), // another label, and not by a hair
  outcome(0, 6, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4),
];

test('shares of the same label and exit, over all rows and over those with no gate in doubt', () => {
  expect(compare(REFERENCE, 0.3, OUTCOMES)).toEqual({
    n: 4,
    sameLabel: 3 / 4,
    sameExit: 3 / 4,
    clear: { n: 3, sameLabel: 2 / 3, sameExit: 1 },
    differences: [
      { row: 2, label: [0, 0], exit: [1, 2], uncertainty: 0.2995 },
      { row: 3, label: [0, 1], exit: [1, 1], uncertainty: 0.1 },
    ],
  });
});

test('with fewer rows run, only those are compared', () => {
  expect(compare(REFERENCE, 0.3, OUTCOMES.slice(0, 1))).toMatchObject({ n: 1, sameLabel: 1 });
});

test('a speed that the reference has not', () => {
  expect(compare(REFERENCE, 0.5, OUTCOMES)).toBeUndefined();
});

test('reads what training writes', () => {
  expect(parseReference(JSON.stringify(REFERENCE), 'r.json')).toEqual(REFERENCE);
});

test.each([
  ['{', 'r.json is not JSON'],
  ['null', 'r.json holds no predictions'],
  ['{"n": 2}', 'r.json holds no predictions'],
  ['{"n": 2, "speeds": {"0": {"labels": [1, 0], "exits": [6]}}}', 'at speed 0 there are not 2 labels and exits'],
])('says what is wrong: %s', (source, message) => {
  expect(() => parseReference(source, 'r.json')).toThrow(message);
});
