/**
 * Builds what npm publishes, into dist-lib beside the types that `tsc -b` writes there: the entries,
 * the worker in one file, and ONNX Runtime's builds as they come, since a bundler that copies a file
 * must find all of it in there. Nothing of it imports a package.
 */

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';

const root = path.dirname(import.meta.dirname);
const out = path.join(root, 'dist-lib');
const ortIn = path.join(root, 'node_modules/onnxruntime-web/dist');
const ortOut = path.join(out, 'ort');

/** @type {import('rolldown').BuildOptions} */
const shared = {
  cwd: root,
  platform: 'browser',
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    alias: {
      './start-worker.js': path.join(root, 'npm/start-worker.ts'),
      './import-ort.js': path.join(root, 'npm/import-ort.ts'),
    },
  },
};
/** @type {import('rolldown').OutputOptions} */
const output = { dir: out, minify: true, sourcemap: true };

await build({
  ...shared,
  input: { index: 'src/index.ts', core: 'src/core/index.ts' },
  output: { ...output, chunkFileNames: 'shared.js' },
});
await build({
  ...shared,
  input: { 'classifier.worker': 'workers/classifier.worker.ts' },
  output: { ...output, codeSplitting: false },
});

// The last version's, which `npm run package` would check along with the new one.
for (const file of readdirSync(out)) if (file.endsWith('.tgz')) rmSync(path.join(out, file));

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
