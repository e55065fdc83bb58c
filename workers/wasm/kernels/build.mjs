/**
 * Compiles the kernels: `npm run -s kernels`, and by itself with set-up, dev, types and pack. Each of the two
 * builds becomes a module that holds its bytes in base64: so they come with the worker, whatever bundler,
 * folder or thread it is in, and nothing is left to fetch.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile, FEATURES } from './compile.mjs';

const OUT = path.join(import.meta.dirname, '../built');

mkdirSync(OUT, { recursive: true });
for (const [name, features] of Object.entries(FEATURES)) {
  const base64 = Buffer.from(await compile('index.ts', features)).toString('base64');
  const code = `/** Made by workers/wasm/kernels/build.mjs. */\nexport const ${name} =\n  '${base64}';\n`;
  writeFileSync(path.join(OUT, `${name}.ts`), code);
}
