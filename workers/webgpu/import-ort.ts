/**
 * ONNX Runtime's builds, of which a worker fetches one. The npm package has `npm/import-ort.ts` in
 * this file's place.
 */

import type * as Ort from 'onnxruntime-web';
import type { OrtBuild } from '../../src/core/ort-build.js';

/**
 * A build's JavaScript, told where its wasm is.
 *
 * @param _folder where a package's user has put them; here they are in the worker's build
 */
export async function importOrt(build: OrtBuild, _folder: string | undefined): Promise<typeof Ort> {
  switch (build) {
    case 'jspi': {
      const ort: typeof Ort = await import('onnxruntime-web/jspi');
      ort.env.wasm.wasmPaths = { wasm: new URL('../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.jspi.wasm', import.meta.url).href };
      return ort;
    }
    case 'asyncify': {
      const ort: typeof Ort = await import('onnxruntime-web/webgpu');
      ort.env.wasm.wasmPaths = { wasm: new URL('../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm', import.meta.url).href };
      return ort;
    }
  }
}
