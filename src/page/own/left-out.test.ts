import { expect, test } from 'vitest';
import { en } from '../words/en.js';
import { zh } from '../words/zh.js';
import { leftOut } from './left-out.js';

test.each([['en', en, /dev set/i], ['zh', zh, /开发集/]] as const)('nothing is said of a dev set, in %s, and all else as it was', (language, words, devSet) => {
  const { speed, trajectories, histogram, curve, luha } = leftOut(words, language);
  const all = [
    speed.onDevSet('x'),
    trajectories.note,
    histogram.dev(24),
    curve.note('now', 24, 'low', 'high', 6),
    curve.table,
    curve.summary('now'),
    luha.note('after', 24),
    luha.table,
    ...curve.head,
  ];
  expect(all.filter((one) => devSet.test(one))).toEqual([]);
  expect(histogram.dev(24)).toContain('n = 24');
  expect(curve.head).toEqual(words.curve.head);
  expect(leftOut(words, language).input).toBe(words.input);
});
