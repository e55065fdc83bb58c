/** A layer and the exit behind it. Stage 0 has no layer, only exit 0. */

import type { Batch } from './batch.js';

/** What an exit says of a batch, on its way back from the device. */
export interface Reading {
  rows: number;
  /** Logits [B, N] row-major; on a GPU, waits for it. To be called once. */
  read(): Promise<Float32Array>;
}

export interface Stage {
  /** 0 on the embeddings, else the number of the layer. */
  readonly number: number;
  readonly isLast: boolean;
  /**
   * The next hidden state, which stays on the device, and what the exit says if `gated` and there
   * is one. The batch's old hidden state is freed.
   */
  forward(batch: Batch, gated: boolean): Promise<{ batch: Batch; reading?: Reading }>;
  /** Whether all that `forward` takes is there. */
  isReady(gated: boolean): boolean;
  /** Has its shards fetched and put on the device, which `forward` would do otherwise. */
  prepare(gated: boolean): Promise<unknown>;
}

/**
 * Reads what an exit says: all that ever leaves the device. The logits [N] of each row.
 *
 * @param fault what to throw where a logit is no finite number: no answer is made of that
 */
export async function logitsOf(reading: Reading, exit: number, fault: (what: string) => Error): Promise<Float32Array[]> {
  const values = await reading.read();
  const odd = values.find((logit) => !Number.isFinite(logit));
  if (odd !== undefined) throw fault(`Exit ${exit} answered with what is no number (${odd})`);
  const classes = values.length / reading.rows;
  return Array.from({ length: reading.rows }, (_, row) => values.subarray(row * classes, (row + 1) * classes));
}
