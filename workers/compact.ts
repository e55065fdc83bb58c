/** On a GPU: makes the masks of a batch, and drops from it the rows that have left. */

import { free, padding, type Batch } from './batch.js';
import type { Runtime, Session, Tensors } from './runtime.js';

export class Compactor {
  private constructor(
    private readonly runtime: Runtime,
    private readonly maskSession: Session,
    private readonly compactSession: Session,
  ) {}

  static async create(
    runtime: Runtime,
    templates: { mask: ArrayBuffer; compact: ArrayBuffer },
  ): Promise<Compactor> {
    return new Compactor(
      runtime,
      await runtime.session(templates.mask, {}),
      await runtime.session(templates.compact, {}),
    );
  }

  /** The bias that hides padding, expanded on the GPU from [B, T] numbers. */
  async masks(lengths: readonly number[], longest: number): Promise<Tensors> {
    const { runtime } = this;
    const texts = lengths.length;
    const rows = runtime.upload(padding(lengths, longest), [texts, 1, 1, longest]);
    const masks = await runtime.run(this.maskSession, {
      padding: rows,
      attention_shape: runtime.integers([texts, 1, longest, longest]),
    });
    rows.dispose();
    return masks;
  }

  /** The rows that stay, in order, cut to the longest of them. Frees the old tensors. */
  async keep(batch: Batch, staying: readonly number[]): Promise<Batch> {
    const rows = staying.map((row) => batch.rows[row]!);
    const tokens = Math.max(...rows.map((row) => row.tokens));
    const { next_hidden } = await this.runtime.run(this.compactSession, {
      hidden: batch.hidden,
      staying: this.runtime.integers(staying),
      end: this.runtime.integers([tokens]),
    });
    const lengths = rows.map((row) => row.tokens);
    const masks = await this.masks(lengths, tokens);
    free(batch);
    return { rows, tokens, hidden: next_hidden!, masks };
  }
}
