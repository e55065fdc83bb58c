/** A package on a device: what the loop needs to run texts through its stages. Each room has its own. */

import type { Device } from '../src/contract.js';
import type { Thresholds } from '../src/core/gate.js';
import type { Batch, BatchLimits } from './batch.js';
import type { Package } from './package.js';
import type { Part } from './pools.js';
import type { Reading, Stage } from './stage.js';
import type { Tokenized } from './tokenize.js';

export interface Model {
  readonly pkg: Package;
  readonly device: Device;
  /** The device in words. */
  readonly description: string;
  readonly stages: readonly Stage[];
  readonly limits: BatchLimits;
  /** Where asking an exit takes long. */
  readonly gates?: Gates | undefined;
  /** Hidden state 0 of some texts, on the device: a row a window. */
  embed(texts: readonly Tokenized[]): Promise<Batch>;
  /** The rows of some batches as one. Frees what it takes them from. */
  join(parts: readonly Part[]): Promise<Batch>;
  /** What an exit says of each row, logits [N]. Throws by name where that is no number. */
  logits(reading: Reading, stage: Stage): Promise<Float32Array[]>;
  /** Of each row's hidden state the mean over its tokens, [rows, hidden_size]: of the state that the batch has when it is called. */
  means(batch: Batch): Promise<Float32Array>;
  /** Runs what the first answer takes once, so that the first text need not wait for what comes only then. */
  warmUp(): Promise<unknown>;
  /** Makes the deeper stages as their shards arrive. What fails is made again by the text that needs it, and told then. */
  prepareRest(): Promise<void>;
  /** Frees what it holds on its device. */
  close(): Promise<void>;
  /** Why the device was lost, once it is. */
  readonly lost: string | undefined;
  /** Resolves when the device is lost; at once where it cannot be. */
  whenLost(): Promise<void>;
}

/** Which gates a batch is asked at, and whether the next layer starts while an answer is awaited. */
export interface Gates {
  /** The thresholds with some gates closed (0). */
  open(thresholds: Thresholds, batch: Batch): Thresholds;
  /** @param thresholds that hold, closed gates included */
  looksAhead(thresholds: Thresholds, exit: number, batch: Batch): boolean;
}
