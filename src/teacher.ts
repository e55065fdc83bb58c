/** What `teach()` takes and gives. */

import type { NothingLost, ProgressEvent, TeachEvent } from './contract.js';
import type { Calibration } from './core/calibration.js';
import type { PipelineOptions } from './options.js';
import type { TextClassificationPipeline } from './text-classification.js';

export interface TeachOptions {
  /** To begin with; those that are kept come first. */
  labels?: readonly string[];
  /** What it is kept under, and what its package is called: letters, digits, - and _. Default 'taught'. */
  name?: string;
  /** Told how the encoder is loaded. */
  progress_callback?: (event: ProgressEvent) => void;
}

export interface LabelledText {
  text: string;
  label?: string | undefined;
}

/** A text that it was given. */
export interface TaughtText {
  readonly id: number;
  readonly text: string;
  /** Undefined of one without. */
  readonly label: string | undefined;
}

/** A teaching that is kept on this device. */
export interface KeptTeaching {
  name: string;
  labels: string[];
  /** How many. */
  texts: number;
}

export interface FitOptions {
  signal?: AbortSignal;
  /** Told how many texts are read, then how many exits are learnt. */
  onProgress?: (event: TeachEvent) => void;
}

/** Those of `pipeline()` that a taught model takes: it runs on WASM, and its encoder is here. */
export type TaughtPipelineOptions = Pick<PipelineOptions, 'speed' | 'speedup' | 'accuracy' | 'workers'>;

/** What is thought of a text, at the last exit. */
export interface TextDoubt {
  id: number;
  /** The likeliest. */
  label: string;
  /** Its probability. */
  score: number;
  uncertainty: number;
}

/**
 * What came of a fit. Figures are by leave-one-out: what is said of each text by what was learnt from the others. Below
 * some 200 texts they promise too much, by up to 7 points, and their intervals say so only in part.
 */
export interface TeachReport {
  /** That were learnt: those with texts. */
  labels: string[];
  /** Texts that were learnt from, of each label. */
  perLabel: number[];
  /** Texts that the figures are of: those that their label has others of. */
  measured: number;
  /** By exit [L + 1]: what share is right where all texts stop there, and its 95 % interval (Wilson). */
  exits: { accuracy: number; interval: [low: number, high: number] }[];
  /** Right labels against those said at the last exit [N][N]. */
  confusions: number[][];
  /** The highest speed at which nothing is lost. */
  nothingLost: NothingLost;
  /** All that the curve of speed and accuracy is made of (`atSpeed` of fastbert-web/core). */
  calibration: Calibration;
  /** Of all texts that could be read; of those with a label, by what was learnt from the others. */
  opinions: TextDoubt[];
  /** Whether word pieces were counted in: from a hundred texts on. */
  words: boolean;
  /** Labels without texts, which are not learnt. */
  withoutTexts: string[];
  /** Texts of which nothing could be read: they are in a script that the encoder does not know. */
  unread: number[];
  /** The same text under several labels. */
  contradictions: number[][];
  /** Milliseconds that reading took, of texts that were not read before, and learning. */
  ms: { read: number; fit: number };
  /** Bytes of what is kept of texts that were read. */
  bytes: number;
}

/** A file of a package. */
export interface TaughtFile {
  /** Relative to the folder of all packages, as `my-labels/manifest.json` or `shards/….bin`. */
  path: string;
  data: ArrayBuffer;
}

/** An encoder that is taught. What changes is kept on the device, where it may. */
export interface Teacher {
  readonly name: string;
  readonly labels: readonly string[];
  readonly texts: readonly TaughtText[];
  /** Whether it is kept on the device. */
  readonly isKept: boolean;
  /** Whether the last fit was of the labels and texts that there are now. */
  readonly isLearnt: boolean;
  /** What came of the last fit, also of one before the page was opened. */
  readonly report: TeachReport | undefined;
  /**
   * Adds a text or many, with a label or without. One that is there with that label, or without any, stays one. InputError
   * for a label that there is not.
   */
  add(text: string, label?: string): TaughtText;
  add(texts: readonly (string | LabelledText)[], label?: string): TaughtText[];
  /** Another text, another label, or none (undefined). Where the text stands under that label already the two are one, and that is given. */
  change(id: number, to: { text?: string; label?: string | undefined }): TaughtText;
  remove(id: number): void;
  addLabel(label: string): void;
  renameLabel(label: string, name: string): void;
  /** Gives a label's texts to another, and takes it away. */
  mergeLabel(label: string, into: string): void;
  /** Its texts stay, without a label. */
  removeLabel(label: string): void;
  /**
   * Reads what was not read yet, and learns from all texts that have a label now: what changes meanwhile is for the next.
   *
   * @throws TeachingError where there are not two labels with two texts each; AbortError, WorkerError
   */
  fit(options?: FitOptions): Promise<TeachReport>;
  /** The texts without a label of which the last fit is least certain, those first: worth a label more than others. */
  doubts(count: number): TextDoubt[];
  /** What the last fit gave, as a pipeline; it does not change with the next. InputError before the first. */
  pipeline(options?: TaughtPipelineOptions): TextClassificationPipeline;
  /**
   * What the last fit gave, as a package: served, it loads with `pipeline()`.
   *
   * @param options.whole also the encoder's shards, which otherwise have to lie beside it already
   */
  export(options?: { whole?: boolean }): Promise<TaughtFile[]>;
  /** All texts as a table with columns label and text (docs/tables.md). */
  toTsv(): string;
  /** Resolves once all changes are on the disk; StorageError where there is no room. */
  saved(): Promise<void>;
  /** Forgets all of it, on the device too. */
  delete(): Promise<void>;
  /** Frees the encoder. What is kept stays. */
  dispose(): Promise<void>;
}
