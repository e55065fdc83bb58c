/** From AssemblyScript to wasm. */

import path from 'node:path';
import { main } from 'assemblyscript/asc';

/** What each build may use. */
export const FEATURES = { plain: 'simd', relaxed: 'simd,relaxed-simd' };

/**
 * A warning counts as an error.
 *
 * @param {string} entry in this folder
 * @param {string} features
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function compile(entry, features) {
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let wasm;
  const options = ['--baseDir', import.meta.dirname, '--outFile', 'out.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', features];
  const { error, stderr } = await main([entry, ...options], {
    writeFile: (_, contents) => void (wasm = /** @type {Uint8Array<ArrayBuffer>} */ (contents)),
  });
  if (error || !wasm || stderr.toString()) throw new Error(`${path.join(import.meta.dirname, entry)} does not compile:\n${stderr.toString()}`);
  return wasm;
}
