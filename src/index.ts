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

import { asPipeline } from './as-pipeline.js';
import { Classifier } from './classifier.js';
import { checkPace, inputError } from './input.js';
import type { PipelineOptions } from './options.js';
import type { KeptTeaching, Teacher, TeachOptions } from './teacher.js';
import type { TextClassificationPipeline } from './text-classification.js';

export type {
  Device,
  ErrorName,
  ExitEffect,
  ExitEvent,
  GpuLook,
  GpuUnused,
  Mode,
  ModelInfo,
  NothingLost,
  Prefetch,
  ProgressEvent,
  StageTimes,
  TeachEvent,
  TextOrPair,
  TextPair,
  Verdict,
  WindowVerdict,
  WordEffect,
  WordEffects,
  WordsEvent,
} from './contract.js';
export type { LabelScore, TextClassificationPipeline } from './text-classification.js';
export type {
  FitOptions,
  KeptTeaching,
  LabelledText,
  TaughtFile,
  TaughtPipelineOptions,
  TaughtText,
  Teacher,
  TeachOptions,
  TeachReport,
  TextDoubt,
} from './teacher.js';
export type { ClassifyOptions, Pace, PipelineOptions, StreamOptions, TraceOptions } from './options.js';
export { deleteModel, keepModel, modelStorage } from './storage.js';
export type { KeepOptions, ModelStorage } from './storage.js';
export type { Belief } from './core/gate.js';
export type { Calibration, CurvePoint } from './core/calibration.js';
export type { DeviceCost } from './core/device-cost.js';
export type { ProblemType } from './core/manifest.js';

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

  try {
    if (target) classifier.target = target;
  } catch (error) {
    await classifier.dispose();
    throw error;
  }
  return asPipeline(classifier);
}

/**
 * Opens an encoder to be taught labels of one's own, with what was kept under the name on this device.
 *
 * ```ts
 * const teacher = await teach('/models/general', { labels: ['invoice', 'complaint', 'other'] });
 * teacher.add('Where is my refund?', 'complaint');
 * const report = await teacher.fit();
 * const classify = teacher.pipeline();
 * ```
 *
 * @param model URL of the encoder's folder, relative to the page: a package without labels
 * @throws InputError, DownloadError, IntegrityError, PackageError, WorkerError
 */
export async function teach(model: string, options: TeachOptions = {}): Promise<Teacher> {
  const { openTeacher } = await import('./teaching.js');
  return openTeacher(model, options);
}

/** What was taught on this device and is kept. Empty where nothing may be kept. */
export async function keptTeachings(): Promise<KeptTeaching[]> {
  const { TeachingStore } = await import('./teaching-store.js');
  const store = await TeachingStore.open();
  try {
    return (await store?.list()) ?? [];
  } finally {
    store?.close();
  }
}
