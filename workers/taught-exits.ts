/** The door to what teaches, and to exits that were taught. */

import { DownloadError } from '../src/files/download.js';
import { importTaught, type TaughtExits } from './import-taught.js';
import type { Package } from './package.js';

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
    throw new DownloadError(`What teaches could not be loaded (${cause.message}). Check the connection and try again.`);
  });
}
