/** ONNX Runtime comes in several builds. Those that can use a GPU: */

/** For where WebAssembly can suspend (JSPI) and where it cannot. */
export type OrtBuild = 'jspi' | 'asyncify';

/** What ONNX Runtime calls a build's wasm, without `.wasm`: bundlers put a hash before that. */
export const ORT_FILES: Record<OrtBuild, string> = {
  jspi: 'ort-wasm-simd-threaded.jspi',
  asyncify: 'ort-wasm-simd-threaded.asyncify',
};

/** Of that file, which most hosts send as it is. */
export const ORT_BYTES: Record<OrtBuild, number> = { jspi: 16_758_545, asyncify: 26_781_914 };

/** @param webAssembly this browser's, which core does not know */
export function ortBuild(webAssembly: object): OrtBuild {
  return 'Suspending' in webAssembly ? 'jspi' : 'asyncify';
}
