/** Where long texts are cut, against training's (`windows.fixture.json`), and how far they are looked at. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { windowsOf } from './windows.js';

interface Case {
  what: string;
  text: string;
  room: number;
  most: number;
  windows: string[];
  whole: boolean;
}

const CASES = JSON.parse(readFileSync(new URL('windows.fixture.json', import.meta.url), 'utf8')) as Case[];

/** As training/tests/window_texts.py counts: a word is a piece, of what is no ASCII each code point is one. */
const pieces = (part: string): number => (part.match(/\S+/g) ?? []).reduce((sum, word) => sum + (/^[\0-\x7f]*$/.test(word) ? 1 : [...word].length), 0);

test.each(CASES)('$what', ({ text, room, most, windows, whole }) => {
  const found = windowsOf(text, room, most, pieces);
  expect(found.windows.map(({ start, end }) => text.slice(start, end))).toEqual(windows);
  expect(found.isWhole).toBe(whole);
  // End to end, from the first letter on.
  found.windows.forEach(({ start }, i) => expect(start).toBe(found.windows[i - 1]?.end ?? 0));
});

test('half of a surrogate pair is a character of its own, a pair is never parted', () => {
  const text = '\ud83d😀\ude00😀😀\ud83d😀';
  const found = windowsOf(text, 2, 100, pieces).windows.map(({ start, end }) => text.slice(start, end));
  expect(found).toEqual(['\ud83d😀', '\ude00😀', '😀\ud83d', '😀']);
});

test('white space alone is parted too where it is too much', () => {
  const found = windowsOf('   \u3000 ', 2, 100, (part) => part.length);
  expect(found.windows).toEqual([{ start: 0, end: 2 }, { start: 2, end: 4 }, { start: 4, end: 5 }]);
});

const MILLION = 1_000_000;

test.each([
  ['sentences', 'It rained. '],
  ['lines', 'rain\n'],
  ['one sentence', 'rain '],
  ['one word', '雨'],
  ['a word of emoji', '😀'],
])('of a million characters of %s no more is counted than the windows hold', (_, unit) => {
  let counted = 0;
  // As the tokenizer does, which reads on from space to space until it has enough.
  const count = (part: string): number => {
    const begun = part.slice(0, 1000);
    counted += begun.length;
    return pieces(begun);
  };
  const { windows, isWhole } = windowsOf(unit.repeat(MILLION / unit.length), 10, 4, count);
  expect([windows.length, isWhole]).toEqual([4, false]);
  expect(counted).toBeLessThan(5000);
});

test.each(['.', '."', '."".'])('a million marks (%s) are one word, found without looking again from each of them', (unit) => {
  expect(windowsOf(unit.repeat(MILLION / unit.length), 10, 4, pieces)).toMatchObject({ windows: [{ start: 0, end: MILLION }], isWhole: true });
});
