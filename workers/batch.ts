/** Texts that run together. What a batch holds on its device, only that device's room knows. */

import type { Tokenized } from './tokenize.js';

/** What taught exits know of a text, which goes with its row. */
export interface TaughtRow {
  /** What its tokens count in the mean of hidden state 0, where they do not count alike [T]. */
  weights: Float64Array | undefined;
  /** What has been said of it, the words' opinion first where there is one: log-probabilities [K] each. */
  opinions: Float64Array[];
}

/** A window of a text, which is mostly all of it. */
export interface Row {
  /** Its text's position in the call. */
  index: number;
  tokens: number;
  /** What taught exits know of it. */
  taught?: TaughtRow | undefined;
  /** What n-grams say of it [N]. */
  ngrams?: Float32Array | undefined;
}

export interface Batch {
  /** Those of one text lie side by side, and stay together. */
  readonly rows: readonly Row[];
  /** Frees what it holds on its device. */
  free(): void;
}

/** How much a device takes at once. */
export interface BatchLimits {
  rows: number;
  /** Of the batch's size, below. */
  tokens: number;
  /** Tokens that rows of these lengths take together: with their padding, where a device pads. */
  size(lengths: readonly number[]): number;
}

/** Whether rows of these lengths may run together. */
export function fits(lengths: readonly number[], { rows, tokens, size }: BatchLimits): boolean {
  return lengths.length <= rows && size(lengths) <= tokens;
}

/**
 * Texts grouped for running: sorted by length, so that little is padding, shortest first, so that
 * answers come soon. One that is beyond the limits still runs, alone.
 */
export function planBatches(texts: readonly Tokenized[], limits: BatchLimits): Tokenized[][] {
  const sorted = texts.toSorted((a, b) => a.tokens - b.tokens);
  const batches: Tokenized[][] = [];
  let batch: Tokenized[] = [];
  for (const text of sorted) {
    if (batch.length > 0 && !fits(lengthsOf([...batch, text]), limits)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(text);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** Tokens of each batch that texts are grouped in, as a device counts them. */
export function batchSizes(texts: readonly Tokenized[], limits: BatchLimits): number[] {
  return planBatches(texts, limits).map((batch) => limits.size(lengthsOf(batch)));
}

/** Each text's row numbers, in order. */
export function rowsByText(rows: readonly Row[]): number[][] {
  const texts: number[][] = [];
  rows.forEach(({ index }, row) => (index === rows[row - 1]?.index ? texts.at(-1)!.push(row) : texts.push([row])));
  return texts;
}

function lengthsOf(texts: readonly Tokenized[]): number[] {
  return texts.flatMap(({ windows }) => windows.map(({ ids }) => ids.length));
}
