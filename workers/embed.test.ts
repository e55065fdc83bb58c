import { expect, test } from 'vitest';
import type { Manifest, TensorPlace } from '../src/core/manifest.js';
import { Embeddings } from './embed.js';

const EPSILON = 1e-12;

/** Three words, the last of them rare, and two positions of width 4, written by hand; for pairs, what marks the second text. */
function tiny({ pairs = false } = {}): Embeddings {
  const shard = new ArrayBuffer(128);
  const place = (offset: number, shape: number[], type: TensorPlace['type']) => ({ offset, shape, type });
  new Int8Array(shard, 0, 8).set([1, 2, 3, 4, 10, 20, 30, -40]);
  new Uint8Array(shard, 8, 2).set([0xf0, 0x87]);
  new Float32Array(shard, 16, 3).set([0.5, 0.1, 1]);
  new Int8Array(shard, 32, 8).set([1, 1, 1, 1, 2, 0, 0, 0]);
  new Float32Array(shard, 48, 2).set([0.25, 2]);
  new Float32Array(shard, 64, 4).set([1, 1, 1, 2]);
  new Float32Array(shard, 80, 4).set([0, 0, 0, 10]);
  new Float32Array(shard, 96, 4).set([0, -1, 0, 5]);
  const manifest = {
    architecture: { hidden_size: 4, layer_norm_eps: EPSILON },
    embeddings: {
      tensors: {
        words: place(0, [2, 4], 'int8'),
        rare_words: place(8, [1, 2], 'uint8'),
        word_scales: place(16, [3], 'float32'),
        positions: place(32, [2, 4], 'int8'),
        position_scales: place(48, [2], 'float32'),
        norm_weight: place(64, [4], 'float32'),
        norm_bias: place(80, [4], 'float32'),
        ...(pairs && { types: place(96, [4], 'float32') }),
      },
    },
  } as unknown as Manifest;
  return new Embeddings(manifest, shard);
}

test('word and position rows are scaled, summed, normalised', () => {
  const hidden = tiny().embed([{ ids: [0, 1] }]);
  // Position 1: words 0.1·[10, 20, 30, -40], position 2·[2, 0, 0, 0].
  const sum = [5, 2, 3, -4];
  const mean = 1.5;
  const deviation = Math.sqrt(sum.reduce((a, v) => a + (v - mean) ** 2, 0) / 4 + EPSILON);
  const expected = sum.map((v, i) => ((v - mean) / deviation) * (i === 3 ? 2 : 1) + (i === 3 ? 10 : 0));
  expected.forEach((value, i) => expect(hidden[4 + i]).toBeCloseTo(value, 5));
});

test('rare words have sixteen levels, two values a byte', () => {
  const hidden = tiny().embed([{ ids: [2] }]);
  const position = 0.25;
  const sum = [0, 15, 7, 8].map((level) => level - 7.5 + position);
  const mean = position;
  const deviation = Math.sqrt(sum.reduce((a, v) => a + (v - mean) ** 2, 0) / 4 + EPSILON);
  const expected = sum.map((v, i) => ((v - mean) / deviation) * (i === 3 ? 2 : 1) + (i === 3 ? 10 : 0));
  expected.forEach((value, i) => expect(hidden[i]).toBeCloseTo(value, 5));
});

test('a shorter text is padded with zeros, and gets what it gets alone', () => {
  const alone = tiny().embed([{ ids: [2] }]);
  const both = tiny().embed([{ ids: [0, 1] }, { ids: [2] }]);
  expect(Array.from(both.slice(8, 12))).toEqual(Array.from(alone));
  expect(Array.from(both.slice(12))).toEqual([0, 0, 0, 0]);
});

test('tokens of the second text are marked, and those of the first are not', () => {
  const hidden = tiny({ pairs: true }).embed([{ ids: [2, 1], second: 1 }]);
  // Position 1: words 0.1·[10, 20, 30, -40], position 2·[2, 0, 0, 0], second text [0, -1, 0, 5].
  const sum = [5, 1, 3, 1];
  const mean = 2.5;
  const deviation = Math.sqrt(sum.reduce((a, v) => a + (v - mean) ** 2, 0) / 4 + EPSILON);
  const expected = sum.map((v, i) => ((v - mean) / deviation) * (i === 3 ? 2 : 1) + (i === 3 ? 10 : 0));
  expected.forEach((value, i) => expect(hidden[4 + i]).toBeCloseTo(value, 5));
  expect(hidden.slice(0, 4)).toEqual(tiny().embed([{ ids: [2] }]));
});
