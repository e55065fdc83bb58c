/** Texts that run together. */

import type { Tensor, Tensors } from './runtime.js';
import type { Tokenized } from './tokenize.js';

export interface Batch {
  /** What each row is: its text's position in the call, and its length in tokens. */
  rows: { index: number; tokens: number }[];
  /** T, the longest row. */
  tokens: number;
  /** [B, T, H], on the device. */
  hidden: Tensor;
  /** Padding as the graphs want it; none on WASM, where a text runs alone. */
  masks: Tensors;
}

/** How much a device takes at once. */
export interface BatchLimits {
  texts: number;
  /** Texts times longest text. */
  tokens: number;
}

/**
 * Texts grouped for running: sorted by length, so that little is padding, shortest first, so that
 * answers come soon. With a limit of one text the caller's order is kept.
 */
export function planBatches(texts: readonly Tokenized[], limits: BatchLimits): Tokenized[][] {
  if (limits.texts === 1) return texts.map((text) => [text]);
  const sorted = texts.toSorted((a, b) => a.ids.length - b.ids.length);
  const batches: Tokenized[][] = [];
  let batch: Tokenized[] = [];
  for (const text of sorted) {
    const full = batch.length === limits.texts;
    if (batch.length > 0 && (full || (batch.length + 1) * text.ids.length > limits.tokens)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(text);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** 0 on tokens and -1e4 on padding, [B, T] row-major. */
export function padding(lengths: readonly number[], longest: number): Float32Array {
  const values = new Float32Array(lengths.length * longest);
  lengths.forEach((length, row) => values.fill(-1e4, row * longest + length, (row + 1) * longest));
  return values;
}

/** Frees what a batch holds on the device. */
export function free(batch: Batch): void {
  batch.hidden.dispose();
  for (const mask of Object.values(batch.masks)) mask.dispose();
}
