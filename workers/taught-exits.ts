/**
 * Exits that were taught in a page (`taught/`), as a room sees them. Their code is fetched where a package has such
 * exits, or is to be taught them.
 */

import { DownloadError } from '../src/files/download.js';
import type { Batch } from './batch.js';
import { importTaught } from './import-taught.js';
import type { Package } from './package.js';

export interface TaughtExits {
  /** What is said of a text before any exit, by its token ids: it goes with its row. */
  begin(ids: readonly number[]): Float64Array[];
  /** An exit on hidden state `number`, from its shard. */
  exit(number: number, shard: ArrayBuffer): AskTaught;
}

/**
 * Adds the exit's opinion of each text to its row.
 *
 * @param hidden [tokens of all texts, stride]
 * @returns logits [B, N]
 */
export type AskTaught = (hidden: Float32Array, rows: Batch['rows'], stride: number) => Float32Array;

/** Of a package; undefined where its exits are of another kind. */
export async function openTaughtExits(pkg: Package): Promise<TaughtExits | undefined> {
  const { manifest } = pkg;
  if (!manifest.architecture.exit_kind) return undefined;
  const [{ taughtExits }, words] = await Promise.all([loadTaught(), pkg.words()]);
  return taughtExits(manifest, words);
}

/** @throws DownloadError where it is not to be had */
export function loadTaught(): ReturnType<typeof importTaught> {
  return importTaught().catch((cause: Error) => {
    throw new DownloadError(`The part of the library that teaches could not be loaded (${cause.message}). Check the connection and try again.`);
  });
}
