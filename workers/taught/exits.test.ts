/** Taught exits at work: by the definition, alone and among others, and as training reads them (`taught.fixture.json`). */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { softmax } from '../../src/core/entropy.js';
import { taughtExits } from './exits.js';
import type { ExitHead } from './fit.js';
import { tokenWeights } from './pool.js';
import { exitShard, readExit, readWords, wordsShard } from './shards.js';
import type { WordCounts } from './words.js';

const [WIDTH, CLASSES] = [6, 3];
const MANIFEST = { architecture: { hidden_size: WIDTH }, labels: ['a', 'b', 'c'] } as unknown as Parameters<typeof taughtExits>[0];

function numbers(seed: number, count: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const words: WordCounts = {
  pieces: new Map([[9, Uint16Array.of(2, 0, 1)], [4, Uint16Array.of(0, 3, 0)], [70_000, Uint16Array.of(0, 0, 1)]]),
  prior: 0.25,
  factor: 0.5,
};
const head = (number: number): ExitHead => ({
  weights: numbers(number + 1, CLASSES * WIDTH).map((value) => 20 * value),
  bias: numbers(number + 9, CLASSES),
  mix: Float64Array.from({ length: number + 2 }, (_, i) => (i === 1 ? 0 : 1 / (i + 1))),
});
const heads = [head(0), head(1)];
/** Of a text of two tokens and one of one, hidden states 0 and 1, as engines pad them. */
const STRIDE = 8;
const hidden = [0, 1].map((number) => Float32Array.from(numbers(number + 50, 3 * STRIDE)));
const TEXTS = [[101, 9, 4, 9, 102], [101, 5, 102]];
const LENGTHS = [2, 1];
/** Token ids, where the commonest word's is 1996. */
const RANKED = [101, 1996, 2003, 2054, 29_999, 102];

/** Logits of all exits [L + 1][texts][N]. */
function run(texts: number[]): number[][][] {
  const exits = taughtExits(MANIFEST, wordsShard(words));
  const rows = texts.map((text) => ({ index: text, tokens: LENGTHS[text]!, taught: exits.begin(TEXTS[text]!) }));
  return heads.map((one, number) => {
    const parts = texts.map((text) => [...hidden[number]!.subarray(text === 0 ? 0 : 2 * STRIDE, text === 0 ? 2 * STRIDE : 3 * STRIDE)]);
    const logits = exits.exit(number, exitShard(one))(Float32Array.from(parts.flat()), rows, STRIDE);
    return texts.map((_, row) => [...logits.subarray(row * CLASSES, (row + 1) * CLASSES)]);
  });
}

const ln = (probabilities: number[]): number[] => probabilities.map(Math.log);

/** By the definition, with weights in float. */
function wanted(text: number): number[][] {
  const pieces = text === 0 ? [[2, 0, 1], [0, 3, 0]] : [];
  const totals = [2, 3, 2];
  const odds = totals.map((total, c) => pieces.reduce((sum, counts) => sum + Math.log((counts[c]! + 0.25) / (total + 0.75)), 0));
  const opinions = [ln(softmax(odds.map((odd) => (0.5 * odd) / Math.sqrt(Math.max(1, pieces.length)))))];
  return heads.map(({ weights, bias, mix }, number) => {
    const tokens = text === 0 ? [0, 1] : [2];
    const mean = Array.from({ length: WIDTH }, (_, i) => tokens.reduce((sum, token) => sum + hidden[number]![token * STRIDE + i]!, 0) / tokens.length);
    const state = mean.map((value) => value / Math.hypot(...mean));
    opinions.push(ln(softmax(Array.from(bias, (value, c) => value + state.reduce((sum, x, i) => sum + x * weights[c * WIDTH + i]!, 0)))));
    return Array.from({ length: CLASSES }, (_, c) => opinions.reduce((sum, opinion, i) => sum + mix[i]! * opinion[c]!, 0));
  });
}

describe('logits', () => {
  it('are the mix of what the heads so far and the words say, but for eight bits', () => {
    const found = run([0, 1]);
    for (const text of [0, 1]) {
      wanted(text).forEach((logits, number) => {
        softmax(logits).forEach((chance, c) => expect(softmax(found[number]![text]!)[c]).toBeCloseTo(chance, 2));
      });
    }
  });

  it('are the same to the bit alone and beside another text', () => {
    const together = run([0, 1]);
    expect(run([0]).map((exit) => exit[0])).toEqual(together.map((exit) => exit[0]));
    expect(run([1]).map((exit) => exit[0])).toEqual(together.map((exit) => exit[1]));
  });
});

describe('shards', () => {
  it('hold words to the number', () => {
    expect(readWords(wordsShard(words), CLASSES)).toEqual({ ...words, pieces: new Map([...words.pieces].toSorted(([a], [b]) => a - b)) });
  });

  it('of another size are refused by name', () => {
    expect(() => readExit(exitShard(heads[0]!), WIDTH, CLASSES, 3)).toThrow(/A taught exit is smaller/);
    expect(() => readExit(exitShard(heads[1]!), WIDTH, CLASSES, 2)).toThrow(/A taught exit is larger/);
    const cut = wordsShard(words);
    expect(() => readWords(cut.slice(0, cut.byteLength - 2), CLASSES)).toThrow(/words of taught exits is smaller/);
  });
});

it('training reads the same shards, and says the same of them', () => {
  const path = new URL('taught.fixture.json', import.meta.url);
  const fixture = JSON.parse(readFileSync(path, 'utf8')) as { words: string; exits: string[]; logits: number[][][]; weights: number[] };
  const base64 = (shard: ArrayBuffer): string => Buffer.from(shard).toString('base64');
  expect(fixture.words).toBe(base64(wordsShard(words)));
  expect(fixture.exits).toEqual(heads.map((one) => base64(exitShard(one))));
  expect(fixture.weights).toEqual([...tokenWeights(RANKED, 1996)!]);
  const found = run([0, 1]);
  fixture.logits.forEach((texts, number) => texts.forEach((logits, text) => logits.forEach((logit, c) => expect(found[number]![text]![c]).toBeCloseTo(logit, 4))));
});
