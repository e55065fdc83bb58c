/**
 * Compiles the kernels: `npm run -s kernels`, and by itself with setup, dev, test and pack. Each of the two
 * builds becomes a module that holds its bytes in base64: so they come with the worker, whatever bundler,
 * folder or thread it is in, and nothing is left to fetch.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from 'assemblyscript/asc';

const OUT = path.join(import.meta.dirname, '../built');
const BUILDS = { plain: 'simd', relaxed: 'simd,relaxed-simd' };

mkdirSync(OUT, { recursive: true });
for (const [name, features] of Object.entries(BUILDS)) {
  const wasm = await compile(path.join(import.meta.dirname, 'index.ts'), features);
  const code = `/** Made by workers/wasm/kernels/build.mjs. */\nexport const ${name} =\n  '${Buffer.from(wasm).toString('base64')}';\n`;
  writeFileSync(path.join(OUT, `${name}.ts`), code);
}

/** @returns {Promise<Uint8Array>} */
export async function compile(/** @type {string} */ entry, /** @type {string} */ features) {
  /** @type {Uint8Array | undefined} */
  let wasm;
  const base = path.dirname(entry);
  const { error, stderr } = await main(
    [path.basename(entry), '--baseDir', base, '--outFile', 'out.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', features],
    { writeFile: (_, contents) => void (wasm = /** @type {Uint8Array} */ (contents)) },
  );
  if (error || !wasm || stderr.toString()) throw new Error(`The kernels do not compile:\n${stderr.toString()}`);
  return wasm;
}
