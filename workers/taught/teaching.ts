/**
 * An encoder that is taught: reads texts, each once, and fits heads to what it read of them. What it read is kept, so that
 * learning anew with a text more, a label changed or labels merged costs the fit alone.
 */

import type { FitRequest, Fitted, TeachEvent, TeachingApi, TextOpinion, TextToRead } from '../../src/contract.js';
import { planBatches, type Batch } from '../batch.js';
import { afterMessages } from '../messages.js';
import type { Model } from '../model.js';
import type { Tokenized } from '../tokenize.js';
import { opinionOf } from './exits.js';
import { fitHeads, type Heads, type Lesson } from './fit.js';
import { answerOf, calibrationOf, confusionsOf, nothingLost } from './held-out.js';
import { pooled } from './mix.js';
import { logSoftmax } from './opinions.js';
import { infoOf, taughtPackage, uncertaintyClasses } from './package.js';
import { poolTexts, tokenWeights } from './pool.js';
import { readExit, readWords } from './shards.js';
import { piecesOf, WordOpinion } from './words.js';

/** A model whose hidden states can be read. */
export interface Encoder extends Model {
  hidden(batch: Batch): Float32Array;
  readonly stride: number;
}

/** What is kept of a text. */
interface Kept {
  ids: number[];
  /** Pooled states one after another [L + 1, p]. */
  states: Float32Array;
  readable: boolean;
}

export class Teaching implements TeachingApi {
  private readonly kept = new Map<number, Kept>();
  /** Shrinkages of the last fit. */
  private near: number[] = [];
  private stopping = new AbortController();

  /**
   * @param during runs a task, and lets nothing that can wait run beside it
   */
  constructor(
    private readonly model: Encoder,
    private readonly during: <T>(task: () => Promise<T>) => Promise<T>,
    private readonly send: (event: TeachEvent) => void,
  ) {}

  read(texts: TextToRead[]): Promise<number[]> {
    return this.during(async () => {
      const { signal } = this.stopping;
      const isNew = texts.filter(({ id }) => !this.kept.has(id));
      const tokenized: Tokenized[] = [];
      for (const [index, { text }] of isNew.entries()) {
        if (index % 100 === 0) await this.checkpoint(signal);
        tokenized.push(this.model.pkg.tokenizer.tokenize(text, index));
      }
      let done = 0;
      for (const batch of planBatches(tokenized, this.model.limits)) {
        const states = await this.statesOf(batch);
        batch.forEach(({ index, windows: [window] }, row) => this.kept.set(isNew[index]!.id, { ids: window!.ids, states: states[row]!, readable: window!.readable }));
        done += batch.length;
        this.send({ status: 'read', done, of: isNew.length });
        await this.checkpoint(signal);
      }
      return texts.map(({ id }) => id).filter((id) => !this.kept.get(id)!.readable);
    });
  }

  fit(request: FitRequest): Promise<Fitted> {
    return this.during(async () => {
      const { signal } = this.stopping;
      const { name, labels, known, unlabelled } = request;
      const { manifest } = this.model.pkg;
      const start = performance.now();
      const lesson = this.lesson(request);
      const fitting = fitHeads(lesson, this.near);
      let heads: Heads;
      for (;;) {
        const step = fitting.next();
        if (step.done) {
          heads = step.value;
          break;
        }
        this.send({ status: 'fit', done: step.value, of: lesson.exits });
        await this.checkpoint(signal);
      }
      this.near = heads.shrinkages;
      const even = uncertaintyClasses(labels);
      const calibration = calibrationOf(heads, lesson.labels, labels.length, even);
      const taught = await taughtPackage(manifest, name, labels, heads, calibration, known.length);
      const ms = performance.now() - start;
      const last = heads.heldOut.at(-1)!;
      const heldOut = known.map(({ id }, row) => ({ id, ...answerOf(last.subarray(row * labels.length, (row + 1) * labels.length), even) }));
      return {
        taught,
        info: infoOf(taught, calibration, this.model.description),
        confusions: confusionsOf(calibration, labels.length),
        nothingLost: nothingLost(calibration),
        opinions: [...heldOut, ...this.opinions(unlabelled, taught, even)],
        words: heads.words !== undefined,
        ms,
        bytes: [...this.kept.values()].reduce((sum, { states }) => sum + states.byteLength, 0),
      };
    });
  }

  keepOnly(ids: number[]): void {
    const wanted = new Set(ids);
    for (const id of this.kept.keys()) if (!wanted.has(id)) this.kept.delete(id);
  }

  stop(): void {
    this.stopping.abort(new DOMException('The call was cancelled.', 'AbortError'));
    this.stopping = new AbortController();
  }

  private get width(): number {
    return this.model.pkg.manifest.architecture.hidden_size;
  }

  private lesson({ known, labels }: FitRequest): Lesson {
    const { width } = this;
    const texts = known.map(({ id }) => this.kept.get(id)!);
    return {
      exits: this.model.stages.length,
      state: (number) => {
        const all = new Float64Array(texts.length * width);
        texts.forEach(({ states }, row) => all.set(states.subarray(number * width, (number + 1) * width), row * width));
        return all;
      },
      pieces: texts.map(({ ids }) => piecesOf(ids)),
      labels: Int32Array.from(known, ({ label }) => label),
      classes: labels.length,
    };
  }

  /** Runs texts through all layers; of each its pooled states [L + 1, p]. */
  private async statesOf(texts: Tokenized[]): Promise<Float32Array[]> {
    const { model, width } = this;
    const found = texts.map(() => new Float32Array(model.stages.length * width));
    const { first_word } = model.pkg.manifest.architecture;
    const weights = texts.map(({ windows: [window] }) => tokenWeights(window!.ids, first_word));
    let batch = await model.embed(texts);
    try {
      for (const stage of model.stages) {
        ({ batch } = await stage.forward(batch, false));
        const lengths = batch.rows.map(({ tokens }) => tokens);
        const states = poolTexts(model.hidden(batch), lengths, model.stride, width, stage.number === 0 ? weights : undefined);
        states.forEach((state, row) => found[row]!.set(state, stage.number * width));
      }
    } finally {
      batch.free();
    }
    return found;
  }

  /** What the package says of texts at its last exit, from what was read of them. */
  private opinions(ids: number[], { manifest, files }: Fitted['taught'], even: number): TextOpinion[] {
    if (ids.length === 0) return [];
    const classes = manifest.labels.length;
    const words = manifest.words && new WordOpinion(readWords(files[manifest.words.sha256]!, classes), classes);
    const exits = manifest.exits.map((part, number) => readExit(files[part!.sha256]!, this.width, classes, number + (words ? 2 : 1)));
    return ids.map((id) => {
      const { ids: tokens, states } = this.kept.get(id)!;
      const state = (number: number): Float64Array => Float64Array.from(states.subarray(number * this.width, (number + 1) * this.width));
      const opinions = [...(words ? [words.of(tokens)] : []), ...exits.map((exit, number) => opinionOf(exit, state(number), classes))];
      return { id, ...answerOf(logSoftmax(pooled(opinions, exits.at(-1)!.mix)), even) };
    });
  }

  /** Lets messages in. */
  private async checkpoint(signal: AbortSignal): Promise<void> {
    await afterMessages();
    signal.throwIfAborted();
  }
}
