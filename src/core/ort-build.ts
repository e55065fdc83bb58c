/** ONNX Runtime comes in three builds, of which a device takes one. */

/** For WASM alone, and for a GPU where WebAssembly can suspend (JSPI) and where it cannot. */
export type OrtBuild = 'wasm' | 'jspi' | 'asyncify';

/** What ONNX Runtime calls a build's wasm, without `.wasm`: bundlers put a hash before that. */
export const ORT_FILES: Record<OrtBuild, string> = {
  wasm: 'ort-wasm-simd-threaded',
  jspi: 'ort-wasm-simd-threaded.jspi',
  asyncify: 'ort-wasm-simd-threaded.asyncify',
};

/** @param webAssembly this browser's, which core does not know */
export function ortBuild(device: 'wasm' | 'webgpu', webAssembly: object): OrtBuild {
  if (device === 'wasm') return 'wasm';
  return 'Suspending' in webAssembly ? 'jspi' : 'asyncify';
}
