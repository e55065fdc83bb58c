import { expect, test } from 'vitest';
import { batchSizes, planBatches, rowsByText } from './batch.js';
import type { Tokenized } from './tokenize.js';

/** Each in one window of that length, or in several. */
const texts = (...lengths: (number | number[])[]): Tokenized[] =>
  lengths.map((length, index) => {
    const windows = [length].flat().map((tokens) => ({ ids: Array<number>(tokens).fill(7), readable: true }));
    return { index, windows, tokens: windows.reduce((sum, { ids }) => sum + ids.length, 0), truncated: false, unknown: 0, time: 0 };
  });
const indices = (batches: Tokenized[][]): number[][] => batches.map((b) => b.map((t) => t.index));
const padded = (lengths: readonly number[]): number => lengths.length * Math.max(...lengths);
const ragged = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

test('texts of like length run together, shortest first', () => {
  expect(indices(planBatches(texts(9, 3, 5, 3), { rows: 2, tokens: 100, size: padded }))).toEqual([
    [1, 3],
    [2, 0],
  ]);
});

test('a batch holds no more tokens than its limit: padding counted, where there is any', () => {
  expect(indices(planBatches(texts(4, 4, 10), { rows: 8, tokens: 20, size: padded }))).toEqual([[0, 1], [2]]);
  expect(indices(planBatches(texts(4, 4, 10), { rows: 8, tokens: 20, size: ragged }))).toEqual([[0, 1, 2]]);
});

test('a text beyond the token limit still runs, alone', () => {
  expect(indices(planBatches(texts(50, 2), { rows: 8, tokens: 20, size: padded }))).toEqual([[1], [0]]);
});

test('the windows of a text run together, also those that are beyond the limits', () => {
  const limits = { rows: 4, tokens: 100, size: padded };
  expect(indices(planBatches(texts([9, 9, 2], 3, [9, 9, 9], 4), limits))).toEqual([[1, 3], [0], [2]]);
  expect(indices(planBatches(texts([9, 9], 3, 4), limits))).toEqual([[1, 2, 0]]);
  expect(indices(planBatches(texts([9, 9, 9, 9, 9], 3), limits))).toEqual([[1], [0]]);
  expect(batchSizes(texts([9, 9], 3, 4), limits)).toEqual([36]);
  expect(batchSizes(texts([9, 9], 3, 4), { ...limits, size: ragged })).toEqual([25]);
});

test('rows of one text are told by its place in the call', () => {
  const rows = [3, 3, 3, 0, 2, 2].map((index) => ({ index, tokens: 5 }));
  expect(rowsByText(rows)).toEqual([[0, 1, 2], [3], [4, 5]]);
  expect(rowsByText([])).toEqual([]);
});
