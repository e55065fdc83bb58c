import { expect, test } from 'vitest';
import type { BatchLimits } from './batch.js';
import { Pools, type Part } from './pools.js';

function part(count: number, tokens: number, freed: string[] = []): Part {
  const rows = Array.from({ length: count }, (_, index) => ({ index, tokens }));
  const free = (): void => void freed.push(`${count}x${tokens}`);
  return { batch: { rows, free }, rows: rows.map((_, row) => row) };
}

/** With padding. */
const limits = (rows: number, tokens: number): BatchLimits => ({ rows, tokens, size: (lengths) => lengths.length * Math.max(...lengths) });

const sizes = (next: ReturnType<Pools['next']>) => next && [next.stage, ...next.parts.map(({ rows }) => rows.length)];

test('the deepest full batch first; what is not full waits for more', () => {
  const pools = new Pools(4, limits(4, 1000));
  pools.add(1, part(4, 10));
  pools.add(2, part(2, 10));
  expect(sizes(pools.next(true))).toEqual([1, 4]);
  expect(pools.next(true)).toBeUndefined();
  pools.add(2, part(2, 12));
  expect(sizes(pools.next(true))).toEqual([2, 2, 2]);
});

test('when no more come, the first stage goes first, so that its texts join those behind it', () => {
  const pools = new Pools(4, limits(4, 1000));
  pools.add(3, part(1, 10));
  pools.add(1, part(2, 10));
  expect(sizes(pools.next(false))).toEqual([1, 2]);
  expect(sizes(pools.next(false))).toEqual([3, 1]);
  expect(pools.next(false)).toBeUndefined();
});

test('a batch never takes more than it may, in texts or in tokens', () => {
  const pools = new Pools(2, limits(4, 100));
  pools.add(0, part(3, 10));
  pools.add(0, part(2, 10));
  expect(sizes(pools.next(true))).toEqual([0, 3]);
  pools.add(0, part(2, 40));
  // With the two before they would be four of 40 tokens.
  expect(sizes(pools.next(true))).toEqual([0, 2]);
  expect(sizes(pools.next(true))).toEqual([0, 2]);
});

test('a text of more windows than a batch takes runs alone, and whole', () => {
  const pools = new Pools(2, limits(4, 100));
  pools.add(0, part(1, 10));
  pools.add(0, part(6, 20));
  pools.add(0, part(1, 20));
  expect(sizes(pools.next(true))).toEqual([0, 1]);
  expect(sizes(pools.next(true))).toEqual([0, 6]);
  expect(pools.next(true)).toBeUndefined();
  expect(sizes(pools.next(false))).toEqual([0, 1]);
});

test('one text at a time runs to its end before the next', () => {
  const pools = new Pools(3, limits(1, Infinity));
  pools.add(0, part(1, 5));
  const first = pools.next(true)!;
  pools.add(1, first.parts[0]!);
  pools.add(0, part(1, 7));
  expect(sizes(pools.next(true))).toEqual([1, 1]);
  expect(sizes(pools.next(true))).toEqual([0, 1]);
});

test('what waits is freed when a call ends early', () => {
  const freed: string[] = [];
  const pools = new Pools(2, limits(4, 100));
  pools.add(0, part(1, 5, freed));
  pools.add(1, part(2, 5, freed));
  pools.free();
  expect(freed).toEqual(['1x5', '2x5']);
  expect(pools.next(false)).toBeUndefined();
});
