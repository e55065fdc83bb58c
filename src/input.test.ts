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
  expect(checkTexts(['', ' ', 'a\uD800b', '😀', '\u0000'], false)).toEqual(['', ' ', 'a\uFFFDb', '😀', '\u0000']);
});

test('a model of pairs takes pairs', () => {
  expect(checkTexts([{ text: 'a\uD800', text_pair: '' }], true)).toEqual([{ text: 'a\uFFFD', text_pair: '' }]);
});

const PAIR = { text: 'a', text_pair: 'b' };

test.each([
  [['a', null], false, 'text 1 is null, not a string'],
  ['abc', false, 'expected a text or a list of texts, got string'],
  [['a', PAIR], false, 'text 1 is a pair, not a string: this model reads single texts'],
  [[PAIR, 'a'], true, 'text 1 is string, not a pair: this model reads { text, text_pair }'],
  [[null], true, 'text 0 is null, not a pair'],
  [[PAIR, { text: 'a' }], true, 'text_pair of text 1 is undefined, not a string'],
  [[{ text: 1, text_pair: 'b' }], true, 'text of text 0 is number, not a string'],
])('%j for a model of pairs or not (%s) is refused: %s', (texts, pairs, message) => {
  const check = (): unknown => checkTexts(texts as never, pairs);
  expect(check).toThrow(message);
  expect(check).toThrow(expect.objectContaining({ name: 'InputError' }));
});
