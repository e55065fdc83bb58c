/** `npm run -s sizes`: what of the built library a page fetches, in bytes, as written and gzipped. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';
import { out, worker } from './bundles.mjs';

export async function sizes() {
  const built = (/** @type {string} */ file) => readFileSync(path.join(out, file), 'utf8');
  const bare = await build({ ...worker, external: ['@huggingface/tokenizers'], write: false });
  return {
    'main thread': size(['index.js', ...readdirSync(out).filter((file) => /^shared-\w+\.js$/.test(file))].map(built).join('')),
    'main thread, to teach': size(built('teaching.js') + built('teaching-store.js')),
    worker: size(built('classifier.worker.js')),
    'worker, to teach': size(built('taught.worker.js')),
    'worker without the tokenizer': size(bare.output[0].code),
  };
}

function size(/** @type {string} */ code) {
  return { bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === import.meta.filename) console.table(await sizes());
