/** `npm run -s sizes`: what of the built library a page fetches, in bytes, as written and gzipped. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';
import { out, worker } from './bundles.mjs';

export async function sizes() {
  const built = (/** @type {string} */ file) => readFileSync(path.join(out, file), 'utf8');
  /** @type {(file: string, found?: string[]) => string[]} */
  const withImports = (file, found = []) => {
    found.push(file);
    for (const [, name = ''] of built(file).matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g)) if (!found.includes(name)) withImports(name, found);
    return found;
  };
  const atOnce = withImports('index.js');
  const bare = await build({ ...worker, external: ['@huggingface/tokenizers'], write: false });
  return {
    'main thread': size(atOnce.map(built).join('')),
    'main thread, to teach': size(withImports('teaching.js').filter((file) => !atOnce.includes(file)).map(built).join('')),
    worker: size(built('classifier.worker.js')),
    'worker, to teach': size(built('taught.worker.js')),
    'worker without the tokenizer': size(bare.output[0].code),
  };
}

function size(/** @type {string} */ code) {
  return { bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === import.meta.filename) console.table(await sizes());
