/**
 * The npm entry: `pipeline()` in the call shape of transformers.js, and what early exit adds to it.
 *
 * ```ts
 * const classify = await pipeline('text-classification', '/models/sst2', { speed: 0.5 });
 * await classify('A gripping, funny film.'); // [{ label: 'positive', score: 0.98 }]
 * ```
 *
 * @module fastbert-web
 */

import { Classifier } from './classifier.js';
import { checkPace, checkSpeed, inputError } from './input.js';
import type { ModelInfo, TextOrPair, Verdict } from './contract.js';
import type { ClassifyOptions, Pace, PipelineOptions, StreamOptions, TraceOptions } from './options.js';
import { stream } from './stream.js';

export type {
  Device,
  ErrorName,
  ExitEffect,
  ExitEvent,
  GpuLook,
  GpuUnused,
  Mode,
  ModelInfo,
  Prefetch,
  ProgressEvent,
  StageTimes,
  TextOrPair,
  TextPair,
  Verdict,
  WordEffect,
  WordEffects,
} from './contract.js';
export type { ClassifyOptions, Pace, PipelineOptions, StreamOptions, TraceOptions } from './options.js';
export { deleteModel, keepModel, modelStorage } from './storage.js';
export type { KeepOptions, ModelStorage } from './storage.js';
export type { Belief } from './core/gate.js';
export type { Calibration, CurvePoint } from './core/calibration.js';
export type { DeviceCost } from './core/device-cost.js';
export type { ProblemType } from './core/manifest.js';

export interface LabelScore {
  label: string;
  score: number;
}

/**
 * Classifies texts. A single text gives its labels; an array gives one label a text, or, with
 * `top_k` other than 1, a list of labels a text: the nesting of transformers.js. A model of pairs
 * takes `{ text, text_pair }` where others take a string.
 */
export interface TextClassificationPipeline {
  (text: TextOrPair, options?: ClassifyOptions): Promise<LabelScore[]>;
  (texts: TextOrPair[], options?: ClassifyOptions & { top_k?: 1 }): Promise<LabelScore[]>;
  (texts: TextOrPair[], options: ClassifyOptions & { top_k: number | null }): Promise<LabelScore[][]>;
  /** The same texts with everything that happened to them, in the order given. */
  trace(texts: TextOrPair[], options?: TraceOptions): Promise<Verdict[]>;
  /**
   * Verdicts of texts that come one after another, in their order: `for await (const verdict of
   * classify.stream(lines))`. Reads no further ahead than it is listened to; leaving the loop closes the
   * source. Where the source fails, so does the loop, once all texts before are answered.
   */
  stream(texts: AsyncIterable<TextOrPair> | Iterable<TextOrPair>, options?: StreamOptions): AsyncGenerator<Verdict, void, undefined>;
  /**
   * The pace of calls that name none: `{ speed }`, `{ speedup }` or `{ accuracy }`. Setting it also
   * changes such calls already running, from their next gate on.
   */
  pace: Pace;
  /** Its speed; undefined where it was told as a speedup or an accuracy. */
  get speed(): number | undefined;
  set speed(speed: number);
  /** What is loaded, and where it runs. */
  readonly info: ModelInfo;
  /** Frees its model, and with the page's last pipeline the workers; calls still running reject with DisposedError. */
  dispose(): Promise<void>;
}

/**
 * Loads a model package and gives a function that classifies with it.
 *
 * @param task 'text-classification' (or its alias 'sentiment-analysis')
 * @param model URL of the package's folder, relative to the page
 * @throws InputError, DownloadError, IntegrityError, PackageError, DeviceError, WorkerError
 */
export async function pipeline(
  task: 'text-classification' | 'sentiment-analysis',
  model: string,
  options: PipelineOptions = {},
): Promise<TextClassificationPipeline> {
  if (task !== 'text-classification' && task !== 'sentiment-analysis') {
    throw inputError(`the task ${JSON.stringify(task)} is not offered; use 'text-classification'`);
  }
  const target = checkPace(options);
  const classifier = await Classifier.load(model, options);
  options.progress_callback?.({ status: 'ready', task, model });

  async function classify(
    input: TextOrPair | TextOrPair[],
    { top_k = 1, ...rest }: ClassifyOptions = {},
  ): Promise<LabelScore[] | LabelScore[][]> {
    if (top_k !== null && !(Number.isInteger(top_k) && top_k > 0)) {
      throw inputError(`top_k is ${String(top_k)}; it takes a whole number from 1 up, or null for all`);
    }
    const texts = Array.isArray(input) ? input : [input];
    const verdicts = await classifier.classify(texts, rest);
    const { labels } = classifier.info;
    const ranked = verdicts.map((verdict) => best(verdict, labels, top_k ?? labels.length));
    if (!Array.isArray(input)) return ranked[0]!;
    return top_k === 1 ? ranked.map((one) => one[0]!) : ranked;
  }

  try {
    if (target) classifier.target = target;
  } catch (error) {
    await classifier.dispose();
    throw error;
  }
  return Object.defineProperties(classify, {
    stream: {
      value: (texts: AsyncIterable<TextOrPair>, wanted: StreamOptions = {}) =>
        stream((some, chosen) => classifier.classify(some, chosen), texts, wanted),
    },
    trace: {
      value: async (texts: TextOrPair[], { words, ...wanted }: TraceOptions = {}) =>
        words ? (await import('./words.js')).traceWords(classifier, texts, wanted) : classifier.classify(texts, wanted),
    },
    speed: {
      get: () => ('speed' in classifier.target ? classifier.target.speed : undefined),
      set: (value: number) => {
        classifier.target = { speed: checkSpeed(value) };
      },
    },
    pace: {
      get: () => classifier.target,
      set: (pace: Pace) => {
        classifier.target = checkPace(pace) ?? classifier.target;
      },
    },
    info: { get: () => classifier.info },
    dispose: { value: () => classifier.dispose() },
  }) as unknown as TextClassificationPipeline;
}

function best(verdict: Verdict, labels: string[], count: number): LabelScore[] {
  return labels
    .map((label, i) => ({ label, score: verdict.probabilities[i]! }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, count);
}
