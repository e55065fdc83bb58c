/** ONNX Runtime in the npm package, which has none in it: from the folder that `copy-assets --webgpu` has made. */

import type * as Ort from 'onnxruntime-web';
import { ORT_FILES, type OrtBuild } from '../src/core/ort-build.js';

/** The version that was tested; npm/bundles.mjs puts it here. */
declare const ORT_VERSION: string;

const COPY = 'npx fastbert-web copy-assets public/ --webgpu';

/**
 * Throws DeviceError where it is not to be had.
 *
 * @param folder absolute URL, ending in a slash
 */
export async function importOrt(build: OrtBuild, folder: string | undefined): Promise<typeof Ort> {
  if (folder === undefined) {
    throw deviceError(
      `WebGPU needs ONNX Runtime, which this package leaves to you: run "npm install onnxruntime-web@${ORT_VERSION}" and "${COPY}", and tell pipeline() where the files are served, as in { ortPath: '/fastbert-web/ort/' }.`,
    );
  }
  const address = `${folder}${build}.js`;
  // Each bundler has its own way of being told that this is a browser's import.
  const importing: Promise<typeof Ort> = import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ address);
  const ort = await importing.catch((cause: Error) => {
    throw deviceError(`ONNX Runtime could not be loaded (${cause.message}). Check that ${address} is served, as JavaScript; "${COPY}" copies it.`);
  });
  const { web } = ort.env.versions;
  if (web !== ORT_VERSION) {
    throw deviceError(`${folder} holds ONNX Runtime ${web}, and this version of fastbert-web takes ${ORT_VERSION}. Run "npm install onnxruntime-web@${ORT_VERSION}" and "${COPY}" again.`);
  }
  ort.env.wasm.wasmPaths = { wasm: `${folder}${ORT_FILES[build]}.wasm` };
  return ort;
}

function deviceError(what: string): Error {
  return Object.assign(new Error(what), { name: 'DeviceError' });
}
