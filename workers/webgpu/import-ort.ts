/**
 * ONNX Runtime's builds, of which a worker fetches one. The npm package has `npm/import-ort.ts` in
 * this file's place.
 */

import type * as Ort from 'onnxruntime-web';
import type { OrtBuild } from '../../src/core/ort-build.js';

/** @param _folder where a package's user has put them; here they are in the worker's build */
export function importOrt(build: OrtBuild, _folder: string | undefined): Promise<typeof Ort> {
  switch (build) {
    case 'jspi':
      return import('onnxruntime-web/jspi');
    case 'asyncify':
      return import('onnxruntime-web/webgpu');
  }
}
