import { expect, test } from 'vitest';
import { stretchesOf, without, wordsOf } from './words.js';

const written = (text: string, most = Infinity): string[] => wordsOf(text, most).map(({ start, end }) => text.slice(start, end));

test('words are what a reader takes for words, in any script, without punctuation and symbols', () => {
  expect(written("It isn't well-made, at 3.5 stars!")).toEqual(['It', "isn't", 'well', 'made', 'at', '3.5', 'stars']);
  expect(written('这部电影不好看。').join('')).toBe('这部电影不好看');
  expect(written('这部电影不好看。').length).toBeGreaterThan(2);
  expect(written('映画はとても良かった').length).toBeGreaterThan(2);
  expect(written('ฉันไม่ชอบหนังเรื่องนี้').length).toBeGreaterThan(3);
  expect(written('فيلم رائع حقا')).toEqual(['فيلم', 'رائع', 'حقا']);
  expect(written('👍🏽 !?… \n\t')).toEqual([]);
  expect(written('')).toEqual([]);
});

test('offsets are those of the text, also behind what takes two code units', () => {
  expect(wordsOf('👍 so good', 2)).toEqual([{ start: 3, end: 5 }, { start: 6, end: 10 }]);
});

test('no more words are looked for than are wanted', () => {
  expect(written('a b '.repeat(50_000), 3)).toEqual(['a', 'b', 'a']);
});

test('without a word there is one space, and none at the ends', () => {
  const text = 'Not a good film.';
  const [not, a, good, film] = wordsOf(text, 9);
  expect([not!, a!, good!, film!].map((word) => without(text, [word]))).toEqual(['a good film.', 'Not good film.', 'Not a film.', 'Not a good.']);
  expect(without(text, [film!, not!])).toBe('a good.');
  expect(without(text, [])).toBe(text);
  expect(without('Dull', [{ start: 0, end: 4 }])).toBe('');
  expect(without('“Dull”, they said', [{ start: 1, end: 5 }])).toBe('“”, they said');
  expect(without('不好看', [{ start: 0, end: 1 }])).toBe('好看');
});

test('sentences are whole, with their punctuation, and hold all words', () => {
  const text = 'It is good. “Is it?” she said…\n\nI left!  ';
  const words = wordsOf(text, 99);
  const stretches = stretchesOf(text, words, 40);
  expect(stretches.map(({ start, end }) => text.slice(start, end))).toEqual(['It is good.', '“Is it?”', 'she said…', 'I left!']);
  expect(stretches.flatMap((one) => one.words)).toEqual(words);
  expect(stretchesOf('', [], 40)).toEqual([]);
});

test('a sentence without end is cut, and very many sentences are taken together, so that there are never more than asked for', () => {
  for (const text of ['word '.repeat(500), 'So. '.repeat(500), '好'.repeat(500), `${'a '.repeat(90)}. ${'Ah! '.repeat(100)}`]) {
    const words = wordsOf(text, 400);
    const stretches = stretchesOf(text, words, 40);
    expect(stretches.length).toBeLessThanOrEqual(40);
    expect(stretches.length).toBeGreaterThan(4);
    expect(stretches.flatMap((one) => one.words)).toEqual(words);
    stretches.forEach(({ start, end, words: within }, i) => {
      expect(start).toBeLessThanOrEqual(within[0]!.start);
      expect(end).toBeGreaterThanOrEqual(within.at(-1)!.end);
      expect(end).toBeLessThanOrEqual(stretches[i + 1]?.start ?? text.length);
    });
  }
});
