/** What callers may say: to the pipeline as a whole, and to one call. */

import type { Device, ExitEvent, GpuLook, Mode, Prefetch, ProgressEvent, WordsEvent } from './contract.js';

export type { Thresholds } from './core/gate.js';
export type { Target } from './core/target.js';

/** How fast: one of the four, or none. */
export interface Pace {
  /** Threshold in [0, 1]; a text leaves at the first exit with U < speed. */
  speed?: number;
  /** How many times fewer layers than all of them, on the mean of texts like the dev set's. */
  speedup?: number;
  /**
   * The fastest that keeps this accuracy, a fraction, on the dev set, at the lower end of its 95 %
   * interval; of a model whose `info.gold` is 'model', this agreement. InputError where no setting does.
   */
  accuracy?: number;
  /**
   * The fastest of which it is proven, with a confidence of 95 %, that of texts like the dev set's so large a share, above
   * 0 and up to 1, gets the answer that the last exit would have given (of several labels, all of them). Where the dev
   * set is too small to prove it, and for 1, all layers run: `forAgreement` of fastbert-web/core tells. InputError of a
   * model that was taught in a page.
   */
  agreement?: number;
}

/** Its pace, speed 0.5 where none is given, is that of calls that name none. */
export interface PipelineOptions extends Pace {
  /**
   * 'auto' (the default) answers on WASM at once. Behind the first answers, unless the visitor saves data or
   * `prefetch` is 'none', it looks at the GPU and measures both, once on a machine; then each call goes to the
   * one that takes less for its texts.
   */
  device?: Device | 'auto';
  /** When deeper layers load: 'all' at once, 'idle' (the default) behind the first answer, 'none' when a text needs one. */
  prefetch?: Prefetch;
  progress_callback?: (event: ProgressEvent) => void;
  /**
   * URL of a folder, relative to the page, that holds ONNX Runtime, which WebGPU needs and the package
   * has not: `npx fastbert-web copy-assets public/ --webgpu` makes it. Without it 'auto' takes WASM, and
   * 'webgpu' is a DeviceError.
   */
  ortPath?: string;
  /**
   * How many web workers share a call of many texts on WASM; by default half of the cores, four at most. The first
   * is there at once and reads single texts. The others, each with a copy of the model in memory, start when a
   * call first has more than 32 texts, and join in when they are ready. A GPU is used by one.
   */
  workers?: number;
  /** Told what came of looking at the GPU with device 'auto', and when it is lost; `info` says it too. */
  onGpu?: (gpu: GpuLook) => void;
  /** Told when the GPU was lost and the pipeline went on, and on which device. */
  onRecovered?: (event: { device: Device; deviceDescription: string; reason: string }) => void;
}

export interface ClassifyOptions extends Pace {
  /** How many labels a text gets, best first; null: all. Default 1. */
  top_k?: number | null;
  signal?: AbortSignal;
}

export interface StreamOptions extends Pace {
  signal?: AbortSignal;
  mode?: Mode;
}

export interface TraceOptions extends StreamOptions {
  /** Whether each verdict shall have `state`, what the model makes of the text as a vector: for maps, search, clusters. */
  state?: boolean;
  /**
   * Whether each verdict shall say, in `words`, what leaving out each of the text's words changes at every exit. It
   * is read without each of them, by all layers, as with mode 'explore': at most 101 times in all, so of a text of
   * more than 100 words (of those that the model can reach) up to 40 sentences are left out, and then, of those
   * that change most, up to 60 words.
   */
  words?: boolean;
  /** With `words`: called whenever one of them is known, and before the first. A long text takes seconds. */
  onWords?: (event: WordsEvent) => void;
  /** Called for every belief as it comes in, and with the verdict as each text leaves. */
  onExit?: (event: ExitEvent) => void;
}
