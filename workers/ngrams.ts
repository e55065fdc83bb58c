/**
 * What a text's word pieces, and pairs of neighbours, say of its labels, straight to the logits of exit 0: that exit sees
 * pieces through a narrow matrix, and no order but what positions give. Some dozens of rows of a table a text. (As
 * fastText's features, Joulin et al., 2017, section 2: pairs are hashed into buckets. training/ngrams.py learns them.)
 */

import type { Manifest } from '../src/core/manifest.js';
import { ShardReader } from './shard-reader.js';
import type { Reading } from './stage.js';

export class Ngrams {
  /** Rows of the pieces, then of the buckets [V + 2^bits, K]. */
  private readonly table: Int8Array;
  private readonly scales: Float32Array;
  /** Where rows are not logits themselves [K, N]. */
  private readonly classify: Float32Array | undefined;
  private readonly pieces: number;
  private readonly columns: number;
  private readonly shift: number;
  private readonly labels: number;

  /** @throws PackageError where the shard is not as long as the manifest says */
  constructor({ architecture, labels, problem_type, ngrams }: Manifest, shard: ArrayBuffer) {
    const { bits, width } = ngrams!;
    const read = new ShardReader(shard, 'The table of n-grams');
    this.pieces = architecture.vocab_size;
    this.labels = labels.length;
    // Of classes, of which one is right, the last one's logit is 0: only differences count.
    this.columns = width ?? (problem_type === 'single_label_classification' ? labels.length - 1 : labels.length);
    this.shift = 32 - bits;
    this.table = read.bytes((this.pieces + 2 ** bits) * this.columns);
    this.scales = read.floats(this.columns);
    this.classify = width === undefined ? undefined : read.floats(width * labels.length);
    read.end();
  }

  /** What is added to a text's logits [N]. ids: its tokens, [CLS] and [SEP] among them, which are neighbours too. */
  of(ids: readonly number[]): Float32Array {
    const { columns } = this;
    const rows = this.rowsOf(ids);
    const sums = new Int32Array(columns);
    for (const row of rows) for (let c = 0; c < columns; c++) sums[c]! += this.table[row * columns + c]!;
    const values = Float32Array.from(sums, (sum, c) => sum * this.scales[c]!);
    const logits = new Float32Array(this.labels);
    if (!this.classify) {
      logits.set(values);
      return logits;
    }
    const scale = 1 / Math.sqrt(Math.max(1, rows.size));
    for (let c = 0; c < columns; c++) for (let n = 0; n < logits.length; n++) logits[n]! += values[c]! * scale * this.classify[c * logits.length + n]!;
    return logits;
  }

  /** Rows of the pieces and pairs that stand in a text, each once. */
  private rowsOf(ids: readonly number[]): Set<number> {
    const rows = new Set(ids.slice(1, -1));
    for (let i = 1; i < ids.length; i++) rows.add(this.pieces + (hash(ids[i - 1]!, ids[i]!) >>> this.shift));
    return rows;
  }
}

/** 32 bits of two neighbours; training/ngrams.py: the same. */
function hash(left: number, right: number): number {
  return Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b) >>> 0;
}

/** An exit's logits [B, N] with what n-grams say of each row added. */
export function withNgrams({ rows, read }: Reading, said: readonly { ngrams?: Float32Array | undefined }[]): Reading {
  return {
    rows,
    read: async () => {
      const logits = await read();
      const labels = logits.length / rows;
      said.forEach(({ ngrams }, row) => ngrams!.forEach((value, n) => (logits[row * labels + n]! += value)));
      return logits;
    },
  };
}
