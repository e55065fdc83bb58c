/** An exit's shard as floats, where its graph is not ORT's to read. */

import { PackageError } from '../../src/core/package-error.js';
import type { Architecture } from '../../src/core/manifest.js';

/** Each tensor of a shard begins at a multiple of so many bytes. */
const ALIGNMENT = 64;

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
  const last = (a.exit_size + 1) * labels;
  const floats = new Float32Array(matrices.reduce((sum, [from, to]) => sum + (from + 1) * to, last));
  let read = 0;
  let written = 0;
  const next = (bytes: number): number => {
    const start = Math.ceil(read / ALIGNMENT) * ALIGNMENT;
    read = start + bytes;
    if (read > shard.byteLength) {
      throw new PackageError('An exit is smaller than the manifest says. Export the package again.');
    }
    return start;
  };
  const copy = (count: number): void => {
    floats.set(new Float32Array(shard, next(4 * count), count), written);
    written += count;
  };
  for (const [from, to] of matrices) {
    const values = new Int8Array(shard, next(from * to), from * to);
    const scales = new Float32Array(shard, next(4 * to), to);
    for (let i = 0; i < values.length; i++) floats[written + i] = values[i]! * scales[i % to]!;
    written += values.length;
    copy(to);
  }
  copy(a.exit_size * labels);
  copy(labels);
  return floats;
}
