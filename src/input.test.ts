import { expect, test } from 'vitest';
import { checkSpeed, checkTexts, checkWorkers } from './input.js';

test('speeds outside [0, 1] are refused', () => {
  expect(checkSpeed(0)).toBe(0);
  expect(checkSpeed(1)).toBe(1);
  for (const bad of [-0.1, 1.1, Number.NaN, '0.5' as never, undefined as never]) {
    expect(() => checkSpeed(bad)).toThrow(expect.objectContaining({ name: 'InputError' }));
  }
});

test('workers are counted from one; by itself a pipeline takes half of the cores, four at most', () => {
  expect([1, 8].map((workers) => checkWorkers(workers, 4))).toEqual([1, 8]);
  expect([1, 2, 3, 4, 8, 64].map((cores) => checkWorkers(undefined, cores))).toEqual([1, 1, 1, 2, 4, 4]);
  for (const bad of [0, -1, 1.5, Number.NaN, '2' as never, null as never]) {
    expect(() => checkWorkers(bad, 4)).toThrow(expect.objectContaining({ name: 'InputError' }));
  }
});

test('any string is a text; lone surrogates are replaced', () => {
  expect(checkTexts(['', ' ', 'a\uD800b', '😀', '\u0000'])).toEqual(['', ' ', 'a\uFFFDb', '😀', '\u0000']);
});

test('what is no string is named by its place', () => {
  expect(() => checkTexts(['a', null as never])).toThrow('text 1 is null');
  expect(() => checkTexts('abc' as never)).toThrow('got string');
});
