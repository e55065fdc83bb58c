/** Shards of exits as floats, where no graph of ORT's reads them. */

import type { Architecture } from '../../src/core/manifest.js';
import { ShardReader } from '../shard-reader.js';

/**
 * The floats of `narrow`, `ask`, `answer` (weights [in, out], then biases) and `classify`, one after
 * another: the order in which the shard has them (training/shards.py), int8 columns times their scales.
 */
export function exitTensors(shard: ArrayBuffer, a: Architecture, labels: number): Float32Array<ArrayBuffer> {
  const wide = a.exit_heads * a.exit_size;
  const matrices = [
    [a.hidden_size, a.exit_size],
    [a.exit_size, wide],
    [wide, a.exit_size],
  ] as const;
  return floatsOf(new ShardReader(shard, 'An exit'), matrices, labels);
}

/** The same of a classification head: `dense` and `classify`. */
export function headTensors(shard: ArrayBuffer, { hidden_size: h }: Architecture, labels: number): Float32Array<ArrayBuffer> {
  return floatsOf(new ShardReader(shard, 'A classification head'), [[h, h]], labels);
}

/** Int8 matrices, of which the first is smoothed, then the last one, which is of floats. */
function floatsOf(read: ShardReader, matrices: readonly (readonly [number, number])[], labels: number): Float32Array<ArrayBuffer> {
  const width = matrices.at(-1)![1];
  const last = (width + 1) * labels;
  const floats = new Float32Array(matrices.reduce((sum, [from, to]) => sum + (from + 1) * to, last));
  let written = 0;
  const copy = (count: number): void => {
    floats.set(read.floats(count), written);
    written += count;
  };
  for (const [number, [from, to]] of matrices.entries()) {
    const values = read.bytes(from * to);
    const scales = read.floats(to);
    const at = written;
    written += values.length;
    copy(to);
    // What the first one's inputs are multiplied by where they are rounded; here they are not.
    const smooth = number === 0 ? read.floats(from) : undefined;
    for (let i = 0; i < values.length; i++) floats[at + i] = values[i]! * scales[i % to]! * (smooth?.[Math.floor(i / to)] ?? 1);
  }
  copy(width * labels);
  copy(labels);
  read.end();
  return floats;
}
