/** ONNX Runtime for WebGPU, out of the `onnxruntime-web` that the app has: two builds, of which a browser fetches one. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The one that this version was tested with. Another may be installed for something else, so the peer dependency takes any. */
export const ORT_VERSION = /** @type {string} */ (read(path.join(import.meta.dirname, '../package.json')).devDependencies['onnxruntime-web']);

const BUILDS = [
  { name: 'jspi', script: 'ort.jspi.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.jspi.wasm' },
  { name: 'asyncify', script: 'ort.webgpu.bundle.min.mjs', wasm: 'ort-wasm-simd-threaded.asyncify.wasm' },
];

/** The folder of its files; an error that says what to install where it is missing, or another. */
export function findOrt() {
  const wanted = `WebGPU takes version ${ORT_VERSION} of it: npm install onnxruntime-web@${ORT_VERSION}`;
  let dist;
  try {
    dist = path.dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  } catch {
    throw new Error(`onnxruntime-web is not installed. ${wanted}`);
  }
  const { version } = read(path.join(dist, '../package.json'));
  if (version !== ORT_VERSION) throw new Error(`onnxruntime-web ${version} is installed. ${wanted}`);
  return dist;
}

export function copyOrt(/** @type {string} */ dist, /** @type {string} */ target) {
  mkdirSync(target, { recursive: true });
  for (const { name, script, wasm } of BUILDS) {
    // Not .mjs, which some servers do not send as a script. Its map, larger than itself, stays out.
    const code = readFileSync(path.join(dist, script), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
    writeFileSync(path.join(target, `${name}.js`), code);
    copyFileSync(path.join(dist, wasm), path.join(target, wasm));
  }
}

/** @returns {any} */
function read(/** @type {string} */ json) {
  return JSON.parse(readFileSync(json, 'utf8'));
}
