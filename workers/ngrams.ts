/**
 * What a text's word pieces, and pairs of neighbours, say of its labels, straight to the logits of exit 0: that exit sees
 * pieces through a narrow matrix, and no order but what positions give. Some dozens of rows of a table a text. (As
 * fastText's features, Joulin et al., 2017, section 2: pairs are hashed into buckets. training/ngrams.py learns them.)
 */

import type { Manifest } from '../src/core/manifest.js';
import { ShardReader } from './shard-reader.js';

/** What is added to a text's logits [N]. ids: its tokens, [CLS] and [SEP] among them, which are neighbours too. */
export type Ngrams = (ids: readonly number[]) => Float32Array;

/** @throws PackageError where the shard is not as long as the manifest says */
export function readNgrams({ architecture, labels, problem_type, ngrams }: Manifest, shard: ArrayBuffer): Ngrams {
  const { bits, width } = ngrams!;
  const pieces = architecture.vocab_size;
  // Of classes, of which one is right, the last one's logit is 0: only differences count.
  const columns = width ?? labels.length - (problem_type === 'single_label_classification' ? 1 : 0);
  const read = new ShardReader(shard, 'The table of n-grams');
  /** Rows of the pieces, then of the buckets [V + 2^bits, K]. */
  const table = read.bytes((pieces + 2 ** bits) * columns);
  const scales = read.floats(columns);
  /** Where rows are not logits themselves [K, N]. */
  const classify = width && read.floats(width * labels.length);
  read.end();

  return (ids) => {
    // Of the pieces and pairs that stand in the text, each once.
    const rows = new Set(ids.slice(1, -1));
    for (let i = 1; i < ids.length; i++) rows.add(pieces + (hash(ids[i - 1]!, ids[i]!) >>> (32 - bits)));
    const sums = new Int32Array(columns);
    for (const row of rows) for (let c = 0; c < columns; c++) sums[c]! += table[row * columns + c]!;
    const logits = new Float32Array(labels.length);
    const scale = 1 / Math.sqrt(Math.max(1, rows.size));
    sums.forEach((sum, c) => {
      const value = sum * scales[c]!;
      if (!classify) logits[c] = value;
      else for (let n = 0; n < logits.length; n++) logits[n]! += value * scale * classify[c * logits.length + n]!;
    });
    return logits;
  };
}

/** 32 bits of two neighbours; training/ngrams.py: the same. */
function hash(left: number, right: number): number {
  return Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b) >>> 0;
}
