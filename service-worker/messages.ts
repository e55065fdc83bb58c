/** What the page may ask of the service worker, and is answered over the port that comes with it. */

/** ONNX Runtime's builds, as its files call them: for WASM alone, and for a GPU with or without JSPI. */
export type RuntimeBuild = 'ort-wasm-simd-threaded' | 'ort-wasm-simd-threaded.jspi' | 'ort-wasm-simd-threaded.asyncify';

export type Ask =
  /** How large a build's wasm is; with `keep` it is fetched and kept first. */
  | { type: 'runtime'; build: RuntimeBuild; keep: boolean }
  /** To take over from the version before, now. */
  | { type: 'take-over' };

export type Answer = { bytes: number; missing: number } | { error: string; isFull: boolean };
