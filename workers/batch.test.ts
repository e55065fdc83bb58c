import { expect, test } from 'vitest';
import { padding, planBatches } from './batch.js';
import type { Tokenized } from './tokenize.js';

const texts = (...lengths: number[]): Tokenized[] =>
  lengths.map((length, index) => ({
    index,
    ids: Array<number>(length).fill(7),
    truncated: false,
    time: 0,
  }));
const indices = (batches: Tokenized[][]): number[][] => batches.map((b) => b.map((t) => t.index));

test('texts of like length run together, shortest first', () => {
  expect(indices(planBatches(texts(9, 3, 5, 3), { texts: 2, tokens: 100 }))).toEqual([
    [1, 3],
    [2, 0],
  ]);
});

test('a batch holds no more tokens than its limit, padding counted', () => {
  expect(indices(planBatches(texts(4, 4, 10), { texts: 8, tokens: 20 }))).toEqual([[0, 1], [2]]);
});

test('a text beyond the token limit still runs, alone', () => {
  expect(indices(planBatches(texts(50, 2), { texts: 8, tokens: 20 }))).toEqual([[1], [0]]);
});

test('where texts run alone their order is kept', () => {
  expect(indices(planBatches(texts(9, 3, 5), { texts: 1, tokens: Infinity }))).toEqual([[0], [1], [2]]);
});

test('padding is 0 on tokens and hides the rest', () => {
  expect(Array.from(padding([2, 3], 3))).toEqual([0, 0, -1e4, 0, 0, 0]);
});
