/** The main thread's handle on an encoder that is taught: what is taught, kept on the device, and the worker that learns it. */

import { asPipeline } from './as-pipeline.js';
import { Classifier, nextNumber } from './classifier.js';
import type { Fitted } from './contract.js';
import { wilson } from './core/index.js';
import { sha256 } from './files/store.js';
import { checkPace, checkWorkers, folderOf, inputError } from './input.js';
import { Notebook, type Lesson } from './notebook.js';
import { TaughtEncoder } from './taught-encoder.js';
import { packageFiles } from './taught-files.js';
import type { FitOptions, LabelledText, TaughtFile, TaughtPipelineOptions, TaughtText, Teacher, TeachOptions, TeachReport, TextDoubt } from './teacher.js';
import { TeachingStore, type Learnt } from './teaching-store.js';
import { textsAsTsv } from './texts-as-tsv.js';
import type { TextClassificationPipeline } from './text-classification.js';

const NAME = /^[\w-]{1,64}$/;
/** Milliseconds for which another tab's hold on a teaching is waited for: one that is being closed is soon gone. */
const PATIENCE = 1000;

/** @throws what `teach()` throws */
export async function openTeacher(model: string, { labels = [], name = 'taught', progress_callback }: TeachOptions): Promise<Teacher> {
  if (!NAME.test(name)) throw inputError(`name is ${JSON.stringify(name)}; it takes up to 64 letters, digits, - and _`);
  if (!globalThis.Worker || !navigator.locks) throw inputError('teach() starts a worker, and needs a browser page served over https or from localhost.');
  if (!Array.isArray(labels)) throw inputError(`labels is ${JSON.stringify(labels)}; it takes a list of names`);
  const folder = folderOf(model);
  const letGo = await hold(name);
  const encoder = new TaughtEncoder(folder, (event) => progress_callback?.(event));
  try {
    const [store] = await Promise.all([TeachingStore.open(), encoder.connection()]);
    const kept = await store?.read(name);
    const { labels: known = [], texts = [], learnt } = kept ?? {};
    const teacher = new OpenTeacher(name, encoder, store, letGo, known, texts, learnt && encoder.made(learnt) ? learnt : undefined, await hashOf(known, texts));
    for (const label of labels) if (!teacher.labels.includes(label)) teacher.addLabel(label);
    return teacher;
  } catch (error) {
    await encoder.close();
    letGo();
    throw error;
  }
}

/** Has a name for this tab alone: two would overwrite each other. Where locks are denied, as with all cookies blocked, nothing is kept either. */
function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`fastbert-web teaching ${name}`, { signal: AbortSignal.timeout(PATIENCE) }, () => new Promise<void>((letGo) => resolve(letGo)))
      .catch(({ name: why }: Error) => {
        if (why !== 'TimeoutError') return resolve(() => {});
        reject(inputError(`${JSON.stringify(name)} is being taught already, here or in another tab. Close it there, or give another name.`));
      });
  });
}

/** Of what can be learnt, in whatever order it came. */
function hashOf(labels: readonly string[], texts: readonly TaughtText[]): Promise<string> {
  const all = texts.toSorted((a, b) => a.id - b.id).map(({ id, text, label }) => [id, text, label]);
  return sha256(new TextEncoder().encode(JSON.stringify([labels, all])).buffer);
}

class OpenTeacher implements Teacher {
  isLearnt: boolean;
  /** Whether something did since a fit began. */
  private hasChanged = false;
  private readonly notebook: Notebook;
  /** What is being written. */
  private saving: Promise<void> = Promise.resolve();
  private isSaving = false;
  /** Whether the last fit is yet to be written. */
  private isNew = false;
  private failure: Error | undefined;
  /** One fit after another. */
  private turn: Promise<unknown> = Promise.resolve();
  private disposed = false;

  constructor(
    readonly name: string,
    private readonly encoder: TaughtEncoder,
    private readonly store: TeachingStore | undefined,
    private readonly letGo: () => void,
    labels: readonly string[],
    texts: readonly TaughtText[],
    private learnt: Learnt | undefined,
    hash: string,
  ) {
    this.isLearnt = learnt?.hash === hash;
    this.notebook = new Notebook(labels, texts, () => this.changed());
  }

  get labels(): readonly string[] {
    return this.notebook.labels;
  }

  get texts(): readonly TaughtText[] {
    return this.notebook.texts;
  }

  get isKept(): boolean {
    return this.store !== undefined && this.failure === undefined;
  }

  get report(): TeachReport | undefined {
    return this.learnt?.report;
  }

  add(text: string, label?: string): TaughtText;
  add(texts: readonly (string | LabelledText)[], label?: string): TaughtText[];
  add(texts: string | readonly (string | LabelledText)[], label?: string): TaughtText | TaughtText[] {
    if (typeof texts === 'string') return this.notebook.add([texts], label)[0]!;
    return this.notebook.add(texts, label);
  }

  change(id: number, to: { text?: string; label?: string | undefined }): TaughtText {
    return this.notebook.change(id, to);
  }

  remove(id: number): void {
    this.notebook.remove(id);
  }

  addLabel(label: string): void {
    this.notebook.addLabel(label);
  }

  renameLabel(label: string, name: string): void {
    this.notebook.renameLabel(label, name);
  }

  mergeLabel(label: string, into: string): void {
    this.notebook.mergeLabel(label, into);
  }

  removeLabel(label: string): void {
    this.notebook.removeLabel(label);
  }

  fit(options: FitOptions = {}): Promise<TeachReport> {
    const mine = this.turn.then(() => this.fitNow(options));
    this.turn = mine.catch(() => {});
    return mine;
  }

  doubts(count: number): TextDoubt[] {
    const waiting = new Set(this.texts.filter(({ label }) => label === undefined).map(({ id }) => id));
    const opinions = this.report?.opinions.filter(({ id }) => waiting.has(id)) ?? [];
    return opinions.toSorted((a, b) => b.uncertainty - a.uncertainty).slice(0, count);
  }

  pipeline(options: TaughtPipelineOptions = {}): TextClassificationPipeline {
    const { taught, info } = this.ofLastFit();
    const target = checkPace(options);
    const workers = checkWorkers(options.workers, navigator.hardwareConcurrency);
    const request = { pipeline: nextNumber(), model: this.encoder.folder, device: 'wasm', prefetch: 'idle', taught } as const;
    const classifier = new Classifier(request, workers, {});
    classifier.info = info;
    classifier.target = target ?? { speed: 0.5 };
    classifier.loaded().catch(() => {}); // told by the first call
    return asPipeline(classifier);
  }

  export({ whole = false } = {}): Promise<TaughtFile[]> {
    const { taught, report } = this.ofLastFit();
    return packageFiles(this.encoder.folder, taught, report, whole);
  }

  toTsv(): string {
    return textsAsTsv(this.texts);
  }

  async saved(): Promise<void> {
    await this.saving;
    if (this.failure) throw this.failure;
  }

  async delete(): Promise<void> {
    await this.dispose();
    const store = await TeachingStore.open();
    await store?.delete(this.name);
    store?.close();
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    this.encoder.stop();
    await this.turn;
    await this.saving;
    await this.encoder.close();
    this.store?.close();
    this.letGo();
  }

  private ofLastFit(): Learnt {
    if (!this.learnt) throw inputError('nothing is learnt yet; call fit() first');
    return this.learnt;
  }

  private async fitNow({ signal, onProgress }: FitOptions): Promise<TeachReport> {
    if (this.disposed) throw disposedError();
    signal?.throwIfAborted();
    const stop = (): void => this.encoder.stop();
    signal?.addEventListener('abort', stop, { once: true });
    const { encoder, notebook } = this;
    encoder.onProgress = onProgress;
    try {
      const start = performance.now();
      const toRead = notebook.toRead();
      const learn = notebook.lesson();
      this.hasChanged = false;
      const hash = await hashOf(this.labels, this.texts);
      const unread = await encoder.read(toRead);
      const read = performance.now() - start;
      signal?.throwIfAborted();
      const lesson = learn((number) => !unread.has(number));
      const { labels, known, unlabelled } = lesson;
      const fitted = await encoder.fit(toRead, { name: this.name, labels, known, unlabelled });
      signal?.throwIfAborted();
      const report = reportOf(lesson, fitted, read);
      this.learnt = { taught: fitted.taught, info: fitted.info, report, hash };
      this.isLearnt = !this.hasChanged;
      this.isNew = true;
      this.save();
      return report;
    } catch (error) {
      signal?.throwIfAborted();
      throw this.disposed ? disposedError() : error;
    } finally {
      signal?.removeEventListener('abort', stop);
      encoder.onProgress = undefined;
    }
  }

  private changed(): void {
    if (this.disposed) throw disposedError();
    this.isLearnt = false;
    this.hasChanged = true;
    this.save();
  }

  /** Has what changed written, soon: changes that come together are written together. */
  private save(): void {
    if (!this.store || this.isSaving) return;
    this.isSaving = true;
    this.saving = this.write(this.store, this.saving);
  }

  private async write(store: TeachingStore, before: Promise<void>): Promise<void> {
    await before;
    this.isSaving = false;
    const changes = { ...this.notebook.takeChanges(), learnt: this.isNew ? this.learnt : undefined };
    this.isNew = false;
    try {
      await store.write({ name: this.name, labels: [...this.labels] }, changes);
    } catch (error) {
      const what = `What was taught could not be kept on this device (${(error as Error).message}). Free some space, and save the texts as a file before you leave.`;
      this.failure = Object.assign(new Error(what), { name: 'StorageError' });
    }
  }
}

function disposedError(): Error {
  return Object.assign(new Error('The teacher was disposed. Make a new one with teach().'), { name: 'DisposedError' });
}

function reportOf({ ids, withoutTexts, unread, contradictions, known }: Lesson, fitted: Fitted, read: number): TeachReport {
  const { info, confusions, nothingLost, opinions, words, ms, bytes } = fitted;
  const { labels, calibration } = info;
  const { n, predictions } = calibration;
  return {
    labels: [...labels],
    perLabel: labels.map((_, number) => known.filter(({ label }) => label === number).length),
    measured: n,
    exits: predictions.map((said) => {
      const right = said!.filter((label, text) => label === calibration.labels[text]).length;
      return { accuracy: right / n, interval: wilson(right, n) };
    }),
    confusions,
    nothingLost,
    calibration,
    opinions: opinions.map(({ label, score, uncertainty }, i) => ({ id: ids[i]!, label: labels[label]!, score, uncertainty })),
    words,
    withoutTexts,
    unread,
    contradictions,
    ms: { read, fit: ms },
    bytes,
  };
}
