/** What the page may ask of the service worker, and is answered over the port that comes with it. */

export type Ask =
  /** How large a file of ONNX Runtime is, named as there without `.wasm`; with `keep` it is fetched and kept first. */
  | { type: 'runtime'; file: string; keep: boolean }
  /** To take over from the version before, now. */
  | { type: 'take-over' };

export type Answer = { bytes: number; missing: number } | { error: string; isFull: boolean };
