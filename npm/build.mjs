/**
 * Builds what npm publishes, into dist-lib beside the types that `tsc -b` writes there: the entries,
 * the worker in one file, and ONNX Runtime's builds as they come, since a bundler that copies a file
 * must find all of it in there. Nothing of it imports a package.
 */

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';
import { entries, out, root, worker } from './bundles.mjs';

await build(entries);
await build(worker);

const ortIn = path.join(root, 'node_modules/onnxruntime-web/dist');
const ortOut = path.join(out, 'ort');
mkdirSync(ortOut, { recursive: true });
for (const { name, script, wasm } of [
  { name: 'wasm', script: 'ort.wasm.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.wasm' },
  { name: 'jspi', script: 'ort.jspi.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.jspi.wasm' },
  { name: 'asyncify', script: 'ort.webgpu.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.asyncify.wasm' },
]) {
  // Not .mjs, which some servers do not send as a script. Its map, larger than itself, stays out.
  const code = readFileSync(path.join(ortIn, script), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  writeFileSync(path.join(ortOut, `${name}.js`), code);
  copyFileSync(path.join(ortIn, wasm), path.join(ortOut, wasm));
}

// The last version's, which `npm run package` would check along with the new one.
for (const file of readdirSync(out)) if (file.endsWith('.tgz')) rmSync(path.join(out, file));
