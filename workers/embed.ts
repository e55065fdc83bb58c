/**
 * Hidden state 0: word and position rows, and what marks the second text of a pair, summed and normalised, and,
 * of models whose embeddings are narrower than their layers (ELECTRA), widened by a matrix.
 *
 * Done here rather than in a graph: it is a few thousand additions a text, and so only the rows
 * that a text needs are ever read from the table, 8 bits a value or, of rare words, 4.
 */

import type { Manifest, TensorPlace } from '../src/core/manifest.js';
import type { Window } from './tokenize.js';

type Tokens = Pick<Window, 'ids' | 'second'>;

export class Embeddings {
  private readonly words: Int8Array;
  /** Two values a byte, the first in its lower half. */
  private readonly rareWords: Uint8Array;
  /** Ids below it are rows of `words`; the others' are of `rareWords`. */
  private readonly common: number;
  private readonly wordScales: Float32Array;
  private readonly positions: Int8Array;
  private readonly positionScales: Float32Array;
  /** Added to tokens of a pair's second text. */
  private readonly types: Float32Array | undefined;
  private readonly normWeight: Float32Array;
  private readonly normBias: Float32Array;
  /** Of hidden states. */
  readonly width: number;
  /** Of the rows here. */
  private readonly narrow: number;
  private readonly widen: { weight: Float32Array; bias: Float32Array; row: Float32Array } | undefined;
  private readonly epsilon: number;

  /** shard: the bytes that `manifest.embeddings` names, already checked against it. */
  constructor(manifest: Manifest, shard: ArrayBuffer) {
    const { tensors } = manifest.embeddings;
    const size = (place: TensorPlace): number => place.shape.reduce((a, b) => a * b, 1);
    const bytes = (place: TensorPlace): Int8Array => new Int8Array(shard, place.offset, size(place));
    const floats = (place: TensorPlace): Float32Array =>
      new Float32Array(shard, place.offset, size(place));
    this.words = bytes(tensors.words);
    this.rareWords = new Uint8Array(shard, tensors.rare_words.offset, size(tensors.rare_words));
    this.common = tensors.words.shape[0]!;
    this.wordScales = floats(tensors.word_scales);
    this.positions = bytes(tensors.positions);
    this.positionScales = floats(tensors.position_scales);
    this.types = tensors.types && floats(tensors.types);
    this.normWeight = floats(tensors.norm_weight);
    this.normBias = floats(tensors.norm_bias);
    this.width = manifest.architecture.hidden_size;
    this.narrow = manifest.architecture.embedding_size ?? this.width;
    const { widen_weight, widen_bias } = tensors;
    if (manifest.architecture.embedding_size) {
      this.widen = { weight: floats(widen_weight!), bias: floats(widen_bias!), row: new Float32Array(this.narrow) };
    }
    this.epsilon = manifest.architecture.layer_norm_eps;
  }

  /** Windows → [B, T, H] row-major, T the longest; padding stays 0. */
  embed(windows: readonly Tokens[]): Float32Array {
    const longest = Math.max(...windows.map(({ ids }) => ids.length));
    const hidden = new Float32Array(windows.length * longest * this.width);
    windows.forEach((window, row) => this.embedWindow(window, hidden, row * longest * this.width, this.width));
    return hidden;
  }

  /** One window → T rows of H numbers, into `out` from `at` on, a row `stride` numbers after the other. */
  embedWindow({ ids, second = ids.length }: Tokens, out: Float32Array, at: number, stride: number): void {
    ids.forEach((id, position) => {
      const to = at + position * stride;
      if (!this.widen) return this.embedToken(id, position, position >= second, out, to);
      this.embedToken(id, position, position >= second, this.widen.row, 0);
      this.widenRow(this.widen, out, to);
    });
  }

  private widenRow({ weight, bias, row }: NonNullable<typeof this.widen>, out: Float32Array, at: number): void {
    const { width } = this;
    out.set(bias, at);
    row.forEach((value, i) => {
      for (let j = 0; j < width; j++) out[at + j]! += value * weight[i * width + j]!;
    });
  }

  private embedToken(id: number, position: number, isOfSecond: boolean, out: Float32Array, at: number): void {
    const { positions, types, narrow: width } = this;
    this.readWord(id, out, at);
    if (types && isOfSecond) for (let i = 0; i < width; i++) out[at + i]! += types[i]!;
    const positionScale = this.positionScales[position]!;
    let sum = 0;
    for (let i = 0; i < width; i++) {
      out[at + i]! += positions[position * width + i]! * positionScale;
      sum += out[at + i]!;
    }
    const mean = sum / width;
    let squares = 0;
    for (let i = 0; i < width; i++) squares += (out[at + i]! - mean) ** 2;
    const scale = 1 / Math.sqrt(squares / width + this.epsilon);
    for (let i = 0; i < width; i++) {
      out[at + i] = (out[at + i]! - mean) * scale * this.normWeight[i]! + this.normBias[i]!;
    }
  }

  /** A word's row, scaled, into `out`. */
  readWord(id: number, out: Float32Array, at: number): void {
    const { words, rareWords, common, narrow: width } = this;
    const scale = this.wordScales[id]!;
    if (id < common) {
      for (let i = 0; i < width; i++) out[at + i] = words[id * width + i]! * scale;
      return;
    }
    const row = ((id - common) * width) / 2;
    for (let i = 0; i < width; i++) {
      const pair = rareWords[row + (i >> 1)]!;
      // Sixteen levels, evenly spaced around 0.
      out[at + i] = ((i % 2 ? pair >> 4 : pair & 15) - 7.5) * scale;
    }
  }
}
