/**
 * Everything that crosses threads: the worker's API, its events, and the names of its errors.
 *
 * Comlink passes an error's name, message and stack and nothing else, so errors are told apart
 * by name. Events come over one MessagePort handed over at load (Comlink's per-call proxies are
 * never released).
 */

import type { Belief, Thresholds } from './core/gate.js';
import type { Calibration } from './core/calibration.js';
import type { DeviceCost } from './core/device-cost.js';
import type { Manifest, ProblemType } from './core/manifest.js';

export type Device = 'webgpu' | 'wasm';

/** Two texts that a model of pairs reads together; the names are those of transformers. */
export interface TextPair {
  text: string;
  text_pair: string;
}

/** What is classified: a text or, by a model of pairs, a pair. */
export type TextOrPair = string | TextPair;

/** What can go wrong, by `error.name`. */
export type ErrorName =
  /** The call's arguments are off. */
  | 'InputError'
  /** A file of the package does not say what it must. */
  | 'PackageError'
  /** A file could not be fetched. */
  | 'DownloadError'
  /** A file came, twice, but it is not the one that the manifest names. */
  | 'IntegrityError'
  /** There is no room to keep a model, or what one is taught. */
  | 'StorageError'
  /** There is not enough to learn from. */
  | 'TeachingError'
  /** The device asked for is not to be had, or failed and could not be had again. */
  | 'DeviceError'
  /** The worker died and could not be started again. */
  | 'WorkerError'
  /** The call was cancelled by its signal. */
  | 'AbortError'
  /** The pipeline was disposed. */
  | 'DisposedError';

/** When the layers load that the first answer does not take. */
export type Prefetch =
  /** Before the pipeline is ready. */
  | 'all'
  /** Once it is ready, unless the visitor saves data or pays for it; then as with 'none'. */
  | 'idle'
  /** When a text needs one. */
  | 'none';

/** How ONNX Runtime is started, once a worker. */
export interface RuntimeOptions {
  /** Absolute URL of the folder of ONNX Runtime's files, ending in a slash; this project's own pages have them in their builds. */
  ortPath?: string | undefined;
}

export interface LoadRequest extends RuntimeOptions {
  /** Names the pipeline in calls and events. */
  pipeline: number;
  /** Absolute URL of the package's folder, ending in a slash. */
  model: string;
  device: Device | 'auto';
  prefetch: Prefetch;
  /** Where the page made the package: `model` is then the encoder's. */
  taught?: TaughtPackage | undefined;
}

/** What a page made of an encoder: its manifest, and the files that the encoder has not. */
export interface TaughtPackage {
  manifest: Manifest;
  /** By their SHA-256. */
  files: Record<string, ArrayBuffer>;
}

/** Opens an encoder to be taught. */
export interface TeachRequest {
  /** Names it in events, as a pipeline. */
  pipeline: number;
  /** Absolute URL of the encoder's folder, ending in a slash. */
  model: string;
}

/** A text that an encoder is to read, and what the caller calls it. */
export interface TextToRead {
  id: number;
  text: string;
}

/** What is learnt: texts that were read, by what the caller calls them. */
export interface FitRequest {
  /** Of the package. */
  name: string;
  /** The labels that are learnt, each with a text at least, two of them with two. */
  labels: string[];
  /** Number of each text's label. */
  known: { id: number; label: number }[];
  /** Texts without a label, of which it shall say what it thinks. */
  unlabelled: number[];
}

/** What came of it. */
export interface Fitted {
  taught: TaughtPackage;
  /** Of the model, as once it is loaded. */
  info: ModelInfo;
  /** Right labels against those said at the last exit, by what was learnt from the other texts [N][N]. */
  confusions: number[][];
  nothingLost: NothingLost;
  /** Of every text: of the known ones, what is said by what was learnt from the others. */
  opinions: TextOpinion[];
  /** Whether word pieces are counted in. */
  words: boolean;
  /** Milliseconds. */
  ms: number;
  /** Of all hidden states that are kept. */
  bytes: number;
}

/** The highest speed at which no fewer texts are right than with all layers, held out. */
export interface NothingLost {
  speed: number;
  /** A fraction. */
  accuracy: number;
  /** In layers. */
  meanDepth: number;
}

/** What the last exit says of a text. */
export interface TextOpinion {
  id: number;
  /** Number of the likeliest label. */
  label: number;
  /** Its probability. */
  score: number;
  uncertainty: number;
}

/** What a worker does with an encoder. `stop` ends what is running, which rejects with AbortError. */
export interface TeachingApi {
  /** Reads texts that it has not read yet, and keeps what it read of them. Gives those of which nothing could be read. */
  read(texts: TextToRead[]): Promise<number[]>;
  /** Learns from texts that were read. */
  fit(request: FitRequest): Promise<Fitted>;
  /** Gives up what was read of all other texts. */
  keepOnly(ids: number[]): void;
  stop(): void;
}

/** What the main thread learns of an encoder. */
export interface EncoderInfo {
  manifest: Manifest;
  /** Bytes that it took. */
  bytes: number;
}

/** What the main thread learns of a model once it is loaded. */
export interface ModelInfo {
  name: string;
  /** Where it runs; with device 'auto' WASM, which always answers, though a call may go to the GPU (each verdict says where it is from). */
  device: Device;
  /** In words: the adapter, or the kernels. */
  deviceDescription: string;
  /** With device 'auto', what is known of the GPU. It is looked at behind the first answers; `onGpu` tells. */
  gpu?: GpuLook | undefined;
  labels: string[];
  /** Whether a text has one of the labels or any number of them. */
  problemType: ProblemType;
  /**
   * Whose answers count as right in `calibration`, and so what an accuracy means: those of labelled texts, or of
   * the model that this one was made from without labels (then it is agreement with that).
   */
  gold: 'labels' | 'model';
  /** k: an even spread over so many classes is an uncertainty of 1; 2 where each label is right or not. */
  uncertaintyClasses: number;
  /** Whether it reads pairs, `{ text, text_pair }`, and not single texts. */
  textPair: boolean;
  /** L; exits are numbered 0 to L. */
  layers: number;
  /** Tokens that it reads at once, [CLS] and [SEP] counted. */
  maxTokens: number;
  /** Into how many windows of so many tokens at most a longer text is parted; 1 where it is cut. */
  windows: number;
  /** Bytes that the first answer takes, and ONNX Runtime's wasm where a GPU was used or looked at; deeper layers are not counted. */
  bytes: number;
  calibration: Calibration;
}

/** What device 'auto' knows of the GPU. */
export interface GpuLook {
  /** The adapter in words, where there is one. */
  description?: string | undefined;
  /** What a batch takes on each device of this machine, once that was measured. */
  measured?: Record<Device, DeviceCost> | undefined;
  /** Why no call goes there. Without it each goes to the device that takes less for its texts. */
  unused?: GpuUnused | undefined;
  /** More of that, in words, where there is more to say. */
  why?: string | undefined;
}

export type GpuUnused =
  /** It was not looked at yet: WASM answers first. */
  | 'not yet'
  /** The visitor saves data or pays for it, or `prefetch` is 'none'. */
  | 'saving'
  /** There is none here. */
  | 'absent'
  /** No call that was thought of would be done sooner there. */
  | 'slower'
  /** It says something else than WASM does. */
  | 'differs'
  /** It could not be used. */
  | 'failed'
  /** It was, and is gone. */
  | 'lost';

export type Mode =
  /** Really leaves. */
  | 'fast'
  /** Runs all layers for the figures; the verdict is the one that the thresholds would have given. */
  | 'explore';

export interface ClassifyRequest {
  pipeline: number;
  /** Names the call in `setThresholds`, `cancel` and events. */
  call: number;
  texts: TextOrPair[];
  thresholds: Thresholds;
  mode: Mode;
  /** Whether verdicts shall have their `state`. */
  states: boolean;
  /** Whether to send an event for every belief. */
  stream: boolean;
}

/**
 * Milliseconds of one text. A text that ran in a batch of n is given an nth of the batch's time, one that is
 * read in windows that for each of them, so the times of all texts add up to the time that workers spent. Waiting for a layer to be loaded is not counted.
 */
export interface StageTimes {
  tokenize: number;
  /** Embedding rows summed and normalised, handed to the device. */
  embed: number;
  /**
   * Step 0 is exit 0 alone, step i is layer i with exit i, until the probabilities are here.
   * (A layer and its exit are one graph: apart they would take longer.)
   */
  steps: number[];
  /** The part of `steps` spent waiting for an exit's numbers once its run was handed in; next to nothing on WASM. */
  readback: number;
  /** Dropping the rows that left from the batch. */
  compact: number;
  total: number;
}

export interface Verdict {
  /** The likeliest. */
  label: string;
  /** Its probability. */
  score: number;
  /** That label alone; of a multi-label model all whose probability is above 0.5, the likeliest first, or none. */
  labels: string[];
  /** One a class, in the order of the model's labels; of a multi-label model each from 0 to 1 on its own. */
  probabilities: number[];
  /** The exit that answered. */
  exit: number;
  /** How many layers the text ran. In explore mode all of them, wherever it would have left. */
  depth: number;
  uncertainty: number;
  /** Of a multi-label model only: one a label, in the order of the model's labels. */
  labelUncertainties?: number[] | undefined;
  /** Beliefs at every exit that was computed. In fast mode exits with a threshold of 0 are not. */
  trajectory: Belief[];
  /**
   * With the option `state`: the mean over its tokens, [CLS] and [SEP] too, of the text's hidden state at the exit
   * that answered [hidden_size]. In explore mode, if thresholds changed meanwhile, of the exit where it first would
   * have left.
   */
  state?: Float32Array | undefined;
  /** Tokens that the model read, [CLS] and [SEP] counted, those of every window. */
  tokens: number;
  /**
   * Of a text that is longer than `ModelInfo.maxTokens`, with a model that reads such in windows: these, in the order of
   * the text. Each is read alone, and an exit's logits of the text are the sum of those that it gives of the windows; of
   * classes that is the normalised product of their probabilities, a logarithmic opinion pool (Genest & Zidek, 1986,
   * "Combining Probability Distributions", section 3; Hinton's product of experts). So one window may be sure and the text not.
   */
  windows?: WindowVerdict[] | undefined;
  /** Whether the text was longer than the model reads, in all windows that it has. */
  truncated: boolean;
  /**
   * How many of the tokens stand for words, or symbols, that the model has no pieces for. Where nothing else
   * was read, every exit is wholly uncertain (U = 1, all classes alike), and the text leaves nowhere early.
   */
  unknown: number;
  times: StageTimes;
  device: Device;
  /** With the option `words`: what leaving out each of the text's words changes. */
  words?: WordEffects | undefined;
}

/** A window of a text, and what is said of it alone. */
export interface WindowVerdict {
  /** In UTF-16 code units: it is `text.slice(start, end)`. The first begins at 0, each other where the one before it ends. */
  start: number;
  end: number;
  /** [CLS] and [SEP] counted. */
  tokens: number;
  /**
   * One row an exit of the text's trajectory, in its order [exits][N], as `Verdict.probabilities`; all alike where nothing
   * of the window could be read, which then adds nothing.
   */
  probabilities: number[][];
}

/**
 * What leaving out each word of a text changes, one at a time and the rest as it is: leave-one-out (Li et al.,
 * "Understanding Neural Networks through Representation Erasure", 2016, arXiv 1612.08220). It does not see what
 * several words do only together: of two that say the same, neither changes much.
 */
export interface WordEffects {
  /** In the order of the text; of a long one a sentence stands before its words. */
  parts: WordEffect[];
  /** What it took beside reading the text once. */
  cost: {
    /** Texts read, each without one part. */
    texts: number;
    /** Layers that they ran in all. */
    layers: number;
    /** Milliseconds of workers, as in `StageTimes`. */
    ms: number;
  };
}

export interface WordEffect {
  /** A sentence stands for a part of a long one, or for several short ones, where there are many. */
  unit: 'word' | 'sentence';
  /** Which of a pair's texts it is in. */
  of?: keyof TextPair | undefined;
  /** In UTF-16 code units: it is `text.slice(start, end)`. */
  start: number;
  end: number;
  /** One an exit of the text's trajectory, in its order. */
  exits: ExitEffect[];
}

/** What is known of a text's words while it is still read without some of them. */
export interface WordsEvent {
  /** Position of the text in the call. */
  index: number;
  /** As in `WordEffects`, but that `exits` are empty of a part that it was not read without yet; and of a long text there are only sentences at first. */
  parts: WordEffect[];
}

/** What an exit says of the text without the part. */
export interface ExitEffect {
  exit: number;
  /**
   * Change of the probability of the label that the exit holds likeliest of the whole text, -1 to 1. Below 0 the
   * part speaks for that label.
   */
  probability: number;
  /** Change of the uncertainty, -1 to 1. Below 0 the part keeps the text inside. */
  uncertainty: number;
  /** What the exit answers, as `Verdict.labels`. */
  labels: string[];
}

/** A belief as it comes in, while the call still runs. Texts that a GPU or a worker had when it was lost start again, and so do their events. */
export interface ExitEvent {
  /** Position of the text in the call. */
  index: number;
  belief: Belief;
  /** Set when the text leaves here. */
  verdict?: Verdict;
  /** Set when the text has to wait for a layer, of this number, that is still loading: its belief is all there is until then. */
  waitsFor?: number;
}

/** The events of transformers.js' `progress_callback`, and their fields; `waiting` is ours. */
export type ProgressEvent =
  | { status: 'initiate' | 'download' | 'done'; name: string; file: string }
  | {
      status: 'progress';
      name: string;
      file: string;
      /** Per cent of this file. */
      progress: number;
      /** Bytes of this file. */
      loaded: number;
      total: number;
    }
  | {
      status: 'progress_total';
      name: string;
      /** Per cent of all files. */
      progress: number;
      /** Bytes of all files of the package. */
      loaded: number;
      total: number;
    }
  /** A try has failed, and another follows. */
  | { status: 'waiting'; name: string; file: string; why: string }
  | { status: 'ready'; task: string; model: string };

/** How far teaching is. */
export interface TeachEvent {
  status: 'read' | 'fit';
  /** Texts or exits. */
  done: number;
  of: number;
}

/** What comes over the event port. */
export type WorkerEvent =
  | { type: 'progress'; pipeline: number; event: ProgressEvent }
  | { type: 'exit'; call: number; event: ExitEvent }
  /** A call that streams has sent its last event. Its result comes by another port, and may come sooner. */
  | { type: 'finished'; call: number }
  | {
      /** The GPU was lost; calls go on, on the device named here. */
      type: 'recovered';
      pipeline: number;
      device: Device;
      deviceDescription: string;
      reason: string;
    }
  /** An encoder has read so many of the texts, or learnt so many exits. */
  | { type: 'taught'; pipeline: number; event: TeachEvent }
  /** With device 'auto': what came of looking at the GPU, and the bytes of `ModelInfo` since. */
  | { type: 'gpu'; pipeline: number; gpu: GpuLook; bytes: number };

/** What the worker does. Calls may overlap; their runs take turns. */
export interface ClassifierApi {
  /**
   * Comes first.
   *
   * @param alive name of a Web Lock that the worker holds from now on, as long as it lives
   * @param events where its events go
   */
  start(alive: string, events: MessagePort): Promise<void>;
  load(request: LoadRequest): Promise<ModelInfo>;
  /**
   * Opens an encoder, which is freed as a pipeline is.
   *
   * @param port where a TeachingApi answers from then on
   */
  teach(request: TeachRequest, port: MessagePort): Promise<EncoderInfo>;
  /** Verdicts in the order of the texts. Rejects with AbortError once cancelled. */
  classify(request: ClassifyRequest): Promise<Verdict[]>;
  /** Holds from the call's next gate on. */
  setThresholds(call: number, thresholds: Thresholds): void;
  /** Takes effect between two layers; sessions stay warm. */
  cancel(call: number): void;
  /** Cancels a pipeline's calls and frees its model. */
  dispose(pipeline: number): Promise<void>;
  /** Cancels all calls; resolves once what was fetched is written. */
  end(): Promise<void>;
}
