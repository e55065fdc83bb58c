import { expect, test } from 'vitest';
import { uniform, type Calibration } from '../src/core/index.js';
import { compare, parseReference } from './reference.js';
import type { Outcome } from './measure.js';

/** Two layers, four texts; at 0.3 they leave at exits 0, 2, 1 and 2. */
const REFERENCE: Calibration = {
  split: 'test.tsv',
  n: 4,
  labels: [1, 0, 1, 0],
  predictions: [[1, 0, 0, 1], [1, 1, 1, 1], [1, 0, 1, 0]],
  uncertainties: [[0.1, 0.9, 0.5, 0.9], [0.1, 0.3005, 0.1, 0.8], [0.1, 0.2, 0.1, 0.4]],
};

function outcome(label: number, exit: number, ...gated: number[]): Outcome {
  const beliefs = gated.map((uncertainty, i) => ({ exit: i, uncertainty }));
  return { labels: [label], exit, depth: exit, uncertainty: gated.at(-1)!, gated: beliefs, ms: 1 };
}

const OUTCOMES = [
  outcome(1, 0, 0.1),
  outcome(0, 1, 0.9, 0.2995), // left a layer early, by a hair
  outcome(0, 1, 0.5, 0.1), // another label, and not by a hair
  outcome(0, 2, 0.9, 0.8),
];

test('shares of the same label and exit, over all rows and over those with no gate in doubt', () => {
  expect(compare(REFERENCE, uniform(0.3, 2), OUTCOMES)).toEqual({
    n: 4,
    sameLabel: 3 / 4,
    sameExit: 3 / 4,
    clear: { n: 3, sameLabel: 2 / 3, sameExit: 1 },
    differences: [
      { row: 2, labels: [[0], [0]], exit: [1, 2], uncertainty: 0.2995 },
      { row: 3, labels: [[0], [1]], exit: [1, 1], uncertainty: 0.1 },
    ],
  });
});

test('each gate is held against its own threshold', () => {
  expect(compare(REFERENCE, [0.05, 0.35], OUTCOMES.slice(1, 2))).toMatchObject({ sameExit: 1, clear: { n: 1 } });
});

test('with fewer rows run, only those are compared', () => {
  expect(compare(REFERENCE, uniform(0.3, 2), OUTCOMES.slice(0, 1))).toMatchObject({ n: 1, sameLabel: 1 });
});

test('reads what training writes', () => {
  expect(parseReference(JSON.stringify(REFERENCE), [1, 1, 1], 'r.json')).toEqual(REFERENCE);
});

test.each([
  ['{', 'r.json is not JSON'],
  ['null', 'r.json holds no trajectories'],
  [JSON.stringify({ ...REFERENCE, n: 5 }), 'r.json holds no trajectories'],
])('says what is wrong: %s', (source, message) => {
  expect(() => parseReference(source, [1, 1, 1], 'r.json')).toThrow(message);
});
