/** A shard's tensors, one after another, each at a multiple of 64 bytes (training/shards.py). */

import { PackageError } from '../src/core/package-error.js';

const ALIGNMENT = 64;

export class ShardReader {
  private at = 0;

  /** what: for messages, as 'A layer' */
  constructor(
    private readonly shard: ArrayBuffer,
    private readonly what: string,
  ) {}

  /** The next tensor, of int8. */
  bytes(count: number): Int8Array {
    return new Int8Array(this.shard, this.next(count), count);
  }

  /** The next tensor, of float32; PackageError where a number is none. */
  floats(count: number): Float32Array {
    const values = new Float32Array(this.shard, this.next(4 * count), count);
    if (values.every(Number.isFinite)) return values;
    throw new PackageError(`${this.what} has a number that is none, or infinite. Train or export the package again.`);
  }

  /** PackageError where anything is left. */
  end(): void {
    if (this.at < this.shard.byteLength) this.fail('larger');
  }

  private next(bytes: number): number {
    const start = Math.ceil(this.at / ALIGNMENT) * ALIGNMENT;
    this.at = start + bytes;
    if (this.at > this.shard.byteLength) this.fail('smaller');
    return start;
  }

  private fail(how: string): never {
    throw new PackageError(`${this.what} is ${how} than the manifest says. Export the package again.`);
  }
}
