/** The browser's ids against Python's, of texts that tokenizers read differently: training/tests/hard_texts.py. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { expect, test, vi } from 'vitest';
import { TextTokenizer } from './tokenize.js';

interface Ids {
  /** Of each text with the next one, cut to PAIR_TOKENS; and where the second begins. */
  pairs: [ids: number[], second: number][];
  hard: number[][];
  long: number[][];
  /** Of each batch of random texts, a digest. */
  random: string[];
}

interface Fixture {
  words: string[];
  marks: string[];
  /** First and last code points of ranges of assigned characters, in turn. */
  assigned: number[];
  hard: string[];
  long: [repeated: string, times: number, rest: string][];
  tokenizers: Record<string, object>;
  ids: Record<string, Ids>;
}

const MAX_TOKENS = 512;
const PAIR_TOKENS = 48;
const BATCH = 100;

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const fixture = json('workers/tokenize.fixture.json') as Fixture;
const tokenizers = {
  sst2: json('public/models/sst2/tokenizer.json') as object,
  ...fixture.tokenizers,
  characters: withCharacters(fixture.tokenizers['characters'] as Unigram),
};

interface Unigram {
  model: { vocab: [piece: string, score: number][] };
}

/** A Unigram tokenizer whose pieces are the characters, so that whatever is made of one shows in the ids. */
function withCharacters(spec: Unigram): object {
  const known = new Set(spec.model.vocab.map(([piece]) => piece));
  const characters: string[] = [];
  for (let at = 0; at < fixture.assigned.length; at += 2) {
    for (let code = fixture.assigned[at]!; code <= fixture.assigned[at + 1]!; code++) {
      if (code < 0xe000 || (code > 0xf8ff && code < 0xe0000)) characters.push(String.fromCodePoint(code));
    }
  }
  const pieces = characters.map((one, at): [string, number] => [one, -2 - at / 100_000]).filter(([one]) => !known.has(one));
  return { ...spec, model: { ...spec.model, vocab: [...spec.model.vocab, ...pieces] } };
}

/** Pseudo-random numbers below 2^32 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

function randomTexts(seed: number): string[] {
  const next = numbers(seed);
  const below = (n: number): number => next() % n;
  return Array.from({ length: BATCH }, () => Array.from({ length: 1 + below(12) }, () => randomPart(below)).join(''));
}

/** Some characters of one script, a word, a mark, or a space. */
function randomPart(below: (n: number) => number): string {
  const { assigned, words, marks } = fixture;
  const kind = below(10);
  if (kind < 4) {
    const at = 2 * below(assigned.length / 2);
    const [first, last] = [assigned[at]!, assigned[at + 1]!];
    return Array.from({ length: 1 + below(5) }, () => String.fromCodePoint(first + below(last - first + 1))).join('');
  }
  if (kind < 8) {
    const chosen = kind < 6 ? words : marks;
    return chosen[below(chosen.length)]!;
  }
  return ' ';
}

for (const [name, spec] of Object.entries(tokenizers)) {
  const tokenizer = new TextTokenizer(spec, {}, MAX_TOKENS);
  const pairTokenizer = new TextTokenizer(spec, {}, PAIR_TOKENS, true);
  const { pairs, hard, long, random } = fixture.ids[name]!;
  const ids = (text: string): number[] => tokenizer.tokenize(text, 0).windows[0]!.ids;

  test(`${name}: hard texts have Python's ids`, () => {
    fixture.hard.forEach((text, i) => expect([text, ids(text)]).toEqual([text, hard[i]]));
  });

  test(`${name}: texts of whatever length begin with Python's ids`, () => {
    fixture.long.forEach(([repeated, times, rest], i) => expect(ids(repeated.repeat(times) + rest)).toEqual(long[i]));
  });

  test(`${name}: pairs have Python's ids, also where they are cut`, () => {
    const { hard: texts } = fixture;
    const longTexts = fixture.long.map(([repeated, times, rest]) => repeated.repeat(times) + rest);
    const both = [
      ...texts.map((text, i) => ({ text, text_pair: texts[(i + 1) % texts.length]! })),
      ...longTexts.map((text, i) => ({ text, text_pair: texts[5 + i]! })),
      ...longTexts.map((text_pair, i) => ({ text: texts[5 + i]!, text_pair })),
    ];
    const read = both.map((pair) => pairTokenizer.tokenize(pair, 0).windows[0]!).map(({ ids: tokens, second }) => [tokens, second]);
    both.forEach(({ text, text_pair }, i) => expect([text.slice(0, 40), text_pair.slice(0, 40), read[i]]).toEqual([text.slice(0, 40), text_pair.slice(0, 40), pairs[i]]));
  });

  test(`${name}: random texts of every script have Python's ids`, () => {
    const digests = random.map((_, seed) => createHash('sha256').update(JSON.stringify(randomTexts(seed).map(ids))).digest('hex').slice(0, 16));
    expect(digests).toEqual(random);
  });
}

test.each(Object.entries(tokenizers))('%s: of a text of nothing but unknown words nothing can be read', (_, spec) => {
  const tokenizer = new TextTokenizer(spec, {}, MAX_TOKENS);
  for (const text of ['😍😍😍', 'สวัสดี', '😍 😍']) {
    const { unknown, windows, tokens } = tokenizer.tokenize(text, 0);
    // Byte by byte everything can be read.
    expect([text, windows[0]!.readable]).toEqual([text, unknown === 0 && tokens > 2]);
  }
});

test.each(['一百万字的书评', 'A long review. '])('of a text beyond all bounds only the beginning is tokenised: %s', (part) => {
  const tokenizer = new TextTokenizer(tokenizers['sst2']!, {}, MAX_TOKENS);
  const encode = vi.spyOn(Tokenizer.prototype, 'encode');
  try {
    const { tokens, truncated } = tokenizer.tokenize(part.repeat(100_000), 0);
    expect([tokens, truncated]).toEqual([MAX_TOKENS, true]);
    expect(encode.mock.calls.reduce((sum, [text]) => sum + text.length, 0)).toBeLessThan(20 * MAX_TOKENS);
  } finally {
    encode.mockRestore();
  }
});

test('a long text is read in windows, each of which is its slice alone', () => {
  const spec = tokenizers['sst2']!;
  const [whole, tokenizer] = [new TextTokenizer(spec, {}, MAX_TOKENS), new TextTokenizer(spec, {}, 10, false, 4)];
  const ids = (text: string): number[] => whole.tokenize(text, 0).windows[0]!.ids;
  const short = 'A good film. 😍';
  expect(tokenizer.tokenize(short, 3)).toMatchObject({ index: 3, windows: [{ ids: ids(short), readable: true }], tokens: 7, truncated: false, unknown: 1 });
  expect(tokenizer.tokenize(short, 3).windows[0]).not.toHaveProperty('place');
  const text = 'It rained all day. We stayed in and read. 😍😍 😍\n สวัสดี \n And slept. Then it stopped.';
  const { windows, tokens, truncated, unknown } = tokenizer.tokenize(text, 0);
  const slices = windows.map(({ place }) => text.slice(place!.start, place!.end));
  expect(slices.join('')).toBe(text);
  expect(slices[0]).toBe('It rained all day. ');
  expect(windows.map((window) => window.ids)).toEqual(slices.map(ids));
  expect([tokens, truncated, unknown]).toEqual([windows.reduce((sum, window) => sum + window.ids.length, 0), false, 3]);
  expect(tokenizer.tokenize('It rained all day. '.repeat(5), 0)).toMatchObject({ truncated: true, tokens: 4 * 7 });
  expect(tokenizer.tokenize(`${'It rained all day. '.repeat(3)}${'😍 '.repeat(8)}`, 0).windows.map(({ readable }) => readable)).toEqual([true, true, true, false]);
});

test('what could not be read is counted, and whether anything could', () => {
  const tokenizer = new TextTokenizer(tokenizers['sst2']!, {}, MAX_TOKENS);
  const read = (text: string): unknown[] => {
    const { unknown, windows, truncated } = tokenizer.tokenize(text, 0);
    return [unknown, windows[0]!.readable, truncated];
  };
  expect(read('Awful')).toEqual([0, true, false]);
  expect(read('Awful😡')).toEqual([1, true, false]);
  expect(read('😍😍😍')).toEqual([1, false, false]);
  expect(read('x'.repeat(5000))).toEqual([1, false, false]);
  expect(read('')).toEqual([0, false, false]);
  expect(read('[UNK] [SEP]')).toEqual([0, true, false]);
  expect(read('good film '.repeat(300))).toEqual([0, true, true]);
});
