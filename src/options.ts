/** What callers may say: to the pipeline as a whole, and to one call. */

import type { Device, ExitEvent, Mode, ProgressEvent } from './contract.js';

export interface PipelineOptions {
  /** 'auto' (the default) measures both on this device, once, and remembers the answer. */
  device?: Device | 'auto';
  /** Threshold in [0, 1] for calls that name none; a text leaves at the first exit with U < speed. */
  speed?: number;
  progress_callback?: (event: ProgressEvent) => void;
  /** Where ONNX Runtime's wasm lies, if the bundler's copy is not to be used. */
  wasmPaths?: string;
  /** Told when the GPU was lost and the pipeline went on, and on which device. */
  onRecovered?: (event: { device: Device; deviceDescription: string; reason: string }) => void;
}

export interface ClassifyOptions {
  speed?: number;
  /** How many labels a text gets, best first; null: all. Default 1. */
  top_k?: number | null;
  signal?: AbortSignal;
}

export interface TraceOptions {
  speed?: number;
  signal?: AbortSignal;
  mode?: Mode;
  /** Called for every belief as it comes in, and with the verdict as each text leaves. */
  onExit?: (event: ExitEvent) => void;
}
