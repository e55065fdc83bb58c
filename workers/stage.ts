/** A layer and the exit behind it. Stage 0 has no layer, only exit 0. */

import { beliefOf } from '../src/core/entropy.js';
import type { Belief } from '../src/core/gate.js';
import type { Manifest } from '../src/core/manifest.js';
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
 * Reads what an exit says: all that ever leaves the device.
 *
 * @param fault what to throw where a logit is no finite number: no answer is made of that
 */
export async function beliefsOf(reading: Reading, exit: number, manifest: Manifest, fault: (what: string) => Error): Promise<Belief[]> {
  const values = await reading.read();
  const classes = values.length / reading.rows;
  return Array.from({ length: reading.rows }, (_, row) => {
    const logits = values.subarray(row * classes, (row + 1) * classes);
    if (!logits.every(Number.isFinite)) throw fault(`Exit ${exit} answered with what is no number (${logits.find((logit) => !Number.isFinite(logit))})`);
    return beliefOf(logits, exit, manifest);
  });
}
