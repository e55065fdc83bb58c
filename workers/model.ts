/** A package on a device: everything that the loop needs to run texts through its stages. */

import type { Device, RuntimeOptions } from '../src/contract.js';
import type { Belief } from '../src/core/gate.js';
import { free, type Batch, type BatchLimits } from './batch.js';
import { GpuExits } from './gpu-exit.js';
import { Gatherer } from './gather.js';
import { GpuStage } from './gpu-stage.js';
import { Masks } from './masks.js';
import { Gates } from './gates.js';
import { measureCosts } from './measure-costs.js';
import type { Package } from './package.js';
import type { Part } from './pools.js';
import { Runtime } from './runtime.js';
import { beliefsOf, type Reading, type Stage } from './stage.js';
import type { Tokenized } from './tokenize.js';
import { WasmStage } from './wasm-stage.js';

/**
 * On WASM texts run one by one: dynamic quantisation takes one activation scale a tensor, so a
 * batch would couple its texts.
 */
const LIMITS: Record<Device, BatchLimits> = {
  wasm: { texts: 1, tokens: Infinity },
  webgpu: { texts: 32, tokens: 8192 },
};

export class Model {
  /** On a GPU, once warmed up. */
  gates: Gates | undefined;

  private constructor(
    readonly pkg: Package,
    readonly runtime: Runtime,
    readonly stages: Stage[],
    /** On a GPU; on WASM batches are of one text, which has left or has not. */
    private readonly batching: { masks: Masks; gatherer: Gatherer } | undefined,
  ) {}

  /** A model whose stages make their sessions when they first run; `warmUp` runs the first of them. */
  static async open(pkg: Package, device: Device, options: RuntimeOptions = {}): Promise<Model> {
    const runtime = await Runtime.open(device, options);
    try {
      return await Model.on(runtime, pkg);
    } catch (error) {
      await runtime.close();
      throw error;
    }
  }

  private static async on(runtime: Runtime, pkg: Package): Promise<Model> {
    const { architecture, labels, exits: numbers, max_tokens } = pkg.manifest;
    const isLast = (number: number): boolean => number === architecture.num_hidden_layers;
    const { buffers } = runtime;
    if (!buffers) {
      const stages = numbers.map((_, i) => new WasmStage(runtime, pkg, i, isLast(i)));
      return new Model(pkg, runtime, stages, undefined);
    }
    const exits = new GpuExits(buffers, architecture, labels.length, max_tokens);
    const stages = numbers.map((_, i) => new GpuStage(runtime, pkg, exits, i, isLast(i)));
    const masks = await Masks.create(runtime, pkg.templates.webgpu!.mask);
    const gatherer = new Gatherer(runtime, buffers, architecture.hidden_size);
    return new Model(pkg, runtime, stages, { masks, gatherer });
  }

  /** Frees what it holds on its device. */
  close(): Promise<void> {
    return this.runtime.close();
  }

  /**
   * Runs what the first answer takes once: a session compiles its programs in its first run, and deeper
   * layers share them. On a GPU, measures too.
   */
  async warmUp(): Promise<this> {
    let batch = await this.embed([this.pkg.tokenizer.tokenize('Warming up, so that the first text need not.', 0)]);
    for (const stage of this.stages.slice(0, this.pkg.firstExit + 1)) {
      const ran = await stage.forward(batch, true);
      batch = ran.batch;
      if (ran.reading) await this.beliefs(ran.reading, stage);
    }
    free(batch);
    if (this.runtime.buffers) this.gates = new Gates(await measureCosts(this), this.pkg.calibration);
    return this;
  }

  /** Makes the deeper stages as their shards arrive. What fails is made again by the text that needs it, and told then. */
  async prepareRest(): Promise<void> {
    this.pkg.fetchRest();
    for (const stage of this.stages.slice(this.pkg.firstExit + 1)) await stage.prepare(true).catch(() => {});
  }

  /** What an exit says of each row: probabilities and uncertainty. */
  beliefs(reading: Reading, { number }: Stage): Promise<Belief[]> {
    return beliefsOf(reading, number, this.pkg.manifest);
  }

  get limits(): BatchLimits {
    return LIMITS[this.runtime.device];
  }

  /** Hidden state 0 of some texts, on the device. */
  async embed(texts: readonly Tokenized[]): Promise<Batch> {
    const rows = texts.map(({ index, ids }) => ({ index, tokens: ids.length }));
    const lengths = rows.map((row) => row.tokens);
    const tokens = Math.max(...lengths);
    const { embeddings } = this.pkg;
    const hidden = this.runtime.upload(embeddings.embed(texts.map(({ ids }) => ids)), [
      texts.length,
      tokens,
      embeddings.width,
    ]);
    const masks = (await this.batching?.masks.of(lengths, tokens)) ?? {};
    return { rows, tokens, hidden, masks };
  }

  /** The rows of some batches as one, cut to the longest of them. Frees what it takes them from. */
  async join(parts: readonly Part[]): Promise<Batch> {
    const [{ batch, rows: staying }] = parts as [Part];
    if (parts.length === 1 && staying.length === batch.rows.length) return batch;
    const rows = parts.flatMap((part) => part.rows.map((row) => part.batch.rows[row]!));
    const lengths = rows.map((row) => row.tokens);
    const tokens = Math.max(...lengths);
    const { masks, gatherer } = this.batching!;
    const sources = parts.map((part) => ({ hidden: part.batch.hidden, rows: part.rows }));
    const hidden = gatherer.gather(sources, tokens);
    for (const part of parts) free(part.batch);
    return { rows, tokens, hidden, masks: await masks.of(lengths, tokens) };
  }
}
