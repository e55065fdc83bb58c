import { expect, test } from 'vitest';
import type { Target } from '../src/core/index.js';
import { agreementLines, summarise, table } from './report.js';
import type { Outcome } from './measure.js';

function outcome(label: number, exit: number, ms: number): Outcome {
  return { labels: [label], exit, depth: exit, uncertainty: 0.1, gated: [], ms };
}

const ROWS = [1, 0, 1, 0].map((label) => ({ labels: [label], text: 'x' }));
const RESULT = summarise(
  { speed: 0.3 },
  ROWS,
  [outcome(1, 0, 1), outcome(0, 2, 3), outcome(0, 1, 2), outcome(0, 2, 6)],
  2,
);

test('accuracy with its interval, depth, exits and times of one speed', () => {
  expect(RESULT).toMatchObject({ speed: 0.3, accuracy: 0.75, meanDepth: 1.25, exits: [1, 1, 2] });
  expect(RESULT.interval[0]).toBeCloseTo(0.3006, 4);
  expect(RESULT.interval[1]).toBeCloseTo(0.9544, 4);
  expect(RESULT.ms.mean).toBe(3);
  expect(RESULT.ms.p50).toBe(2.5);
  expect(RESULT.ms.p95).toBeCloseTo(5.55, 10);
});

test('a table, with texts a second where they were measured', () => {
  expect(table([RESULT, { ...RESULT, speed: 0.5 }])).toMatchInlineSnapshot(`
    "speed  accuracy  95 % interval  layers  mean ms  p50 ms  p95 ms  texts leaving at exits 0-2
      0.3    75.0 %      30.1-95.4    1.25      3.0     2.5     5.5                       1 1 2
      0.5    75.0 %      30.1-95.4    1.25      3.0     2.5     5.5                       1 1 2"
  `);
  expect(table([{ ...RESULT, textsPerSecond: 12.34 }])).toMatch(/texts\/s.*\n.* 12\.3 /);
});

test('what was asked for is named where it was no speed', () => {
  const got = (target: Target) => summarise(target, ROWS, [outcome(1, 0, 1), outcome(0, 2, 3), outcome(0, 1, 2), outcome(0, 2, 6)], 2);
  const results = [RESULT, got({ speedup: 3 }), got({ accuracy: 0.9 }), got({ agreement: 0.99 })];
  expect(results[2]).toMatchObject({ leastAccuracy: 0.9, accuracy: 0.75 });
  expect(table(results).split('\n').map((line) => line.slice(0, 16))).toEqual([
    '       asked for',
    '             0.3',
    '   3 times fewer',
    ' at least 90.0 %',
    'agreement 99.0 %',
  ]);
});

test('rows that differ from the reference, ten at most', () => {
  const agreement = {
    n: 20,
    sameLabel: 0.95,
    sameExit: 0.45,
    clear: { n: 18, sameLabel: 1, sameExit: 0.5 },
    differences: Array.from({ length: 11 }, (_, i) => ({
      row: i + 1,
      labels: [[1], [0]] as [number[], number[]],
      exit: [2, 3] as [number, number],
      uncertainty: 0.29951,
    })),
  };
  const lines = agreementLines('0.3', agreement).split('\n');
  expect(lines).toHaveLength(13);
  expect(lines.slice(0, 3)).toMatchInlineSnapshot(`
    [
      "asked for 0.3: of 20 rows 95.00 % have the same label, 45.00 % the same exit;",
      "  of 18 with no gate within 0.001 of its threshold 100.00 % and 50.00 %",
      "  row 1: label 1 here, 0 there; exit 2 here, 3 there; uncertainty here 0.2995",
    ]
  `);
  expect(lines.at(-1)).toBe('  and 1 more rows');
});
