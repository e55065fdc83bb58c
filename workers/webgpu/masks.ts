/** The attention bias that hides a batch's padding. */

import type { Runtime, Session, Tensors } from './runtime.js';

export class Masks {
  private constructor(
    private readonly runtime: Runtime,
    private readonly session: Session,
  ) {}

  static async create(runtime: Runtime, template: ArrayBuffer): Promise<Masks> {
    return new Masks(runtime, await runtime.session(template, {}));
  }

  /** Expanded on the GPU from [B, T] numbers. */
  async of(lengths: readonly number[], longest: number): Promise<Tensors> {
    const { runtime } = this;
    const texts = lengths.length;
    const rows = runtime.upload(padding(lengths, longest), [texts, 1, 1, longest]);
    const masks = await runtime.run(this.session, {
      padding: rows,
      attention_shape: runtime.integers([texts, 1, longest, longest]),
    });
    rows.dispose();
    return masks;
  }
}

/** 0 on tokens and -1e4 on padding, [B, T] row-major. */
export function padding(lengths: readonly number[], longest: number): Float32Array {
  const values = new Float32Array(lengths.length * longest);
  lengths.forEach((length, row) => values.fill(-1e4, row * longest + length, (row + 1) * longest));
  return values;
}
