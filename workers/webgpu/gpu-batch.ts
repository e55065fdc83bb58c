/** Texts that run together on a GPU, padded to the longest of them. */

import type { Batch } from '../batch.js';
import type { Tensor, Tensors } from './runtime.js';

export class GpuBatch implements Batch {
  constructor(
    readonly rows: Batch['rows'],
    /** T, the longest row. */
    readonly tokens: number,
    /** [B, T, H], on the device. */
    readonly hidden: Tensor,
    /** What hides the padding, as the graphs want it. */
    readonly masks: Tensors,
  ) {}

  /** With the next hidden state; the old one is freed. */
  after(hidden: Tensor): GpuBatch {
    this.hidden.dispose();
    return new GpuBatch(this.rows, this.tokens, hidden, this.masks);
  }

  free(): void {
    this.hidden.dispose();
    for (const mask of Object.values(this.masks)) mask.dispose();
  }
}
