import { expect, test } from 'vitest';
import { LEAVE_ONE_OUT, type Calibration } from './core/calibration.js';
import { checkPace, checkSpeed, checkTarget, checkTexts, checkWorkers } from './input.js';

test('speeds outside [0, 1] are refused', () => {
  expect(checkSpeed(0)).toBe(0);
  expect(checkSpeed(1)).toBe(1);
  for (const bad of [-0.1, 1.1, Number.NaN, '0.5' as never, undefined as never]) {
    expect(() => checkSpeed(bad)).toThrow(expect.objectContaining({ name: 'InputError' }));
  }
});

test('a pace is told in one of four ways, or in none', () => {
  const paces = [{ speed: 0 }, { speedup: 1 }, { accuracy: 0 }, { agreement: 0.99 }, { agreement: 1 }];
  for (const pace of paces) expect(checkPace(pace)).toEqual(pace);
  expect(checkPace({})).toBeUndefined();
});

test.each([
  [{ agreement: 0 }, 'agreement is 0; it takes a fraction above 0 and up to 1 (all layers)'],
  [{ agreement: 99 }, 'agreement is 99; it takes a fraction above 0'],
  [{ agreement: '0.99' as never }, 'agreement is 0.99; it takes a fraction above 0'],
  [{ agreement: 0.99, speedup: 2 }, 'speedup and agreement are given; they take the same place, give one'],
  [{ agreement: 0.99, accuracy: 0.9 }, 'accuracy and agreement are given'],
])('%j is refused: %s', (pace, message) => {
  expect(() => checkPace(pace)).toThrow(expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) }));
});

test('an agreement is promised of a model with a dev set, not of one that was taught in a page', () => {
  const calibration: Calibration = { split: 'dev', n: 1, labels: [0], predictions: [[0], [0]], uncertainties: [[0.1], [0.1]] };
  expect(checkTarget({ agreement: 0.99 }, calibration)).toEqual([0]);
  expect(() => checkTarget({ agreement: 0.99 }, { ...calibration, split: LEAVE_ONE_OUT })).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.stringMatching(/taught in a page.*Use accuracy/) }),
  );
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
