/** Texts that run together. What a batch holds on its device, only that device's room knows. */

import type { Tokenized } from './tokenize.js';

/** What taught exits know of a text, which goes with its row. */
export interface TaughtRow {
  /** What its tokens count in the mean of hidden state 0, where they do not count alike [T]. */
  weights: Float64Array | undefined;
  /** What has been said of it, the words' opinion first where there is one: log-probabilities [K] each. */
  opinions: Float64Array[];
}

export interface Batch {
  /** What each row is: its text's position in the call, its length in tokens, what taught exits know of it, and what n-grams say of it [N]. */
  readonly rows: readonly { index: number; tokens: number; taught?: TaughtRow | undefined; ngrams?: Float32Array | undefined }[];
  /** Frees what it holds on its device. */
  free(): void;
}

/** How much a device takes at once. */
export interface BatchLimits {
  texts: number;
  /** Of the batch's size, below. */
  tokens: number;
  /** Tokens that texts of these lengths take together: with their padding, where a device pads. */
  size(lengths: readonly number[]): number;
}

/** Whether texts of these lengths may run together. */
export function fits(lengths: readonly number[], { texts, tokens, size }: BatchLimits): boolean {
  return lengths.length <= texts && size(lengths) <= tokens;
}

/**
 * Texts grouped for running: sorted by length, so that little is padding, shortest first, so that
 * answers come soon. One that is beyond the limits still runs, alone.
 */
export function planBatches<Text extends Pick<Tokenized, 'ids'>>(texts: readonly Text[], limits: BatchLimits): Text[][] {
  const sorted = texts.toSorted((a, b) => a.ids.length - b.ids.length);
  const batches: Text[][] = [];
  let batch: Text[] = [];
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
export function batchSizes(texts: readonly Pick<Tokenized, 'ids'>[], limits: BatchLimits): number[] {
  return planBatches(texts, limits).map((batch) => limits.size(lengthsOf(batch)));
}

function lengthsOf(texts: readonly Pick<Tokenized, 'ids'>[]): number[] {
  return texts.map(({ ids }) => ids.length);
}
