import { expect, test } from 'vitest';
import { planBatches } from './batch.js';
import type { Tokenized } from './tokenize.js';

const texts = (...lengths: number[]): Tokenized[] =>
  lengths.map((length, index) => ({
    index,
    ids: Array<number>(length).fill(7),
    truncated: false,
    unknown: 0,
    readable: true,
    time: 0,
  }));
const indices = (batches: Tokenized[][]): number[][] => batches.map((b) => b.map((t) => t.index));
const padded = (lengths: readonly number[]): number => lengths.length * Math.max(...lengths);
const ragged = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

test('texts of like length run together, shortest first', () => {
  expect(indices(planBatches(texts(9, 3, 5, 3), { texts: 2, tokens: 100, size: padded }))).toEqual([
    [1, 3],
    [2, 0],
  ]);
});

test('a batch holds no more tokens than its limit: padding counted, where there is any', () => {
  expect(indices(planBatches(texts(4, 4, 10), { texts: 8, tokens: 20, size: padded }))).toEqual([[0, 1], [2]]);
  expect(indices(planBatches(texts(4, 4, 10), { texts: 8, tokens: 20, size: ragged }))).toEqual([[0, 1, 2]]);
});

test('a text beyond the token limit still runs, alone', () => {
  expect(indices(planBatches(texts(50, 2), { texts: 8, tokens: 20, size: padded }))).toEqual([[1], [0]]);
});
