/** A package on a GPU: layers are ONNX Runtime's, exits and what fills batches up again are kernels of our own. */

import type { RuntimeOptions } from '../../src/contract.js';
import type { BatchLimits } from '../batch.js';
import { DeviceError } from '../device-error.js';
import type { Model } from '../model.js';
import type { Package } from '../package.js';
import { rowsOf } from '../pools.js';
import { logitsOf, type Reading, type Stage } from '../stage.js';
import type { Tokenized } from '../tokenize.js';
import { Gatherer } from './gather.js';
import { GpuGates } from './gates.js';
import { GpuBatch } from './gpu-batch.js';
import { GpuExits } from './gpu-exit.js';
import { GpuHead } from './gpu-head.js';
import { GpuMeans } from './gpu-mean.js';
import { GpuStage } from './gpu-stage.js';
import { Masks } from './masks.js';
import { measureCosts, TOKENS } from './measure-costs.js';
import { Readback } from './readback.js';
import { Runtime } from './runtime.js';

/** The rows of a batch that stay. */
interface GpuPart {
  batch: GpuBatch;
  rows: readonly number[];
}

export class GpuModel implements Model {
  readonly device = 'webgpu';
  readonly limits: BatchLimits = { rows: 32, tokens: 8192, size: (lengths) => lengths.length * Math.max(...lengths) };
  /** Once warmed up. */
  gates: GpuGates | undefined;

  private constructor(
    readonly pkg: Package,
    readonly runtime: Runtime,
    readonly stages: readonly GpuStage[],
    private readonly masks: Masks,
    private readonly gatherer: Gatherer,
    private readonly averager: GpuMeans,
  ) {}

  /** Throws DeviceError where there is no GPU to be had. */
  static async open(pkg: Package, options: RuntimeOptions): Promise<GpuModel> {
    const graphs = pkg.templates();
    graphs.catch(() => {}); // told where it is awaited
    const runtime = await Runtime.open(options, (file, url, bytes) => pkg.other(file, url, bytes));
    try {
      const templates = await graphs;
      const { architecture, labels, exits: numbers, max_tokens } = pkg.manifest;
      const isLast = (number: number): boolean => number === architecture.num_hidden_layers;
      const readback = new Readback(runtime.buffers);
      // What is measured may be longer than any text of a model that reads little.
      const exits = new GpuExits(runtime.buffers, readback, architecture, labels.length, Math.max(max_tokens, TOKENS));
      const last = architecture.head_act ? new GpuHead(runtime.buffers, readback, architecture, labels.length) : exits;
      const stages = numbers.map((_, i) => new GpuStage(runtime, pkg, templates.layer, isLast(i) ? last : exits, i, isLast(i)));
      const masks = await Masks.create(runtime, templates.mask);
      const { hidden_size } = architecture;
      const averager = new GpuMeans(runtime.buffers, readback, hidden_size);
      return new GpuModel(pkg, runtime, stages, masks, new Gatherer(runtime, runtime.buffers, hidden_size), averager);
    } catch (error) {
      await runtime.close();
      throw error;
    }
  }

  get description(): string {
    return this.runtime.description;
  }

  get lost(): string | undefined {
    return this.runtime.lost;
  }

  whenLost(): Promise<void> {
    return this.runtime.whenLost();
  }

  close(): Promise<void> {
    return this.runtime.close();
  }

  /** A session compiles its programs in its first run, and deeper layers share them. Measures, too. */
  async warmUp(): Promise<void> {
    let batch = await this.embed([this.pkg.tokenizer.tokenize('Warming up, so that the first text need not.', 0)]);
    for (const stage of this.stages.slice(0, this.pkg.firstExit + 1)) {
      const ran = await stage.forward(batch, true);
      batch = ran.batch;
      if (ran.reading) await this.logits(ran.reading, stage);
    }
    batch.free();
    this.gates = new GpuGates(await measureCosts(this), this.pkg.calibration);
  }

  async prepareRest(): Promise<void> {
    this.pkg.fetchRest();
    for (const stage of this.stages.slice(this.pkg.firstExit + 1)) await stage.prepare(true).catch(() => {});
  }

  logits(reading: Reading, { number }: Stage): Promise<Float32Array[]> {
    const fault = (what: string): Error => new DeviceError(`${what} on the GPU (${this.description}). Load the model with device 'wasm'.`);
    return logitsOf(reading, number, fault);
  }

  means({ rows, hidden, tokens }: GpuBatch): Promise<Float32Array> {
    return this.averager.of(hidden.gpuBuffer as GPUBuffer, rows.map((row) => row.tokens), tokens);
  }

  async embed(texts: readonly Tokenized[]): Promise<GpuBatch> {
    const { embeddings } = this.pkg;
    const rows = texts.flatMap(({ index, windows }) => windows.map(({ ids }) => ({ index, tokens: ids.length, ngrams: this.pkg.ngrams?.(ids) })));
    const values = embeddings.embed(texts.flatMap(({ windows }) => windows));
    return this.batch(rows, (tokens) => this.runtime.upload(values, [rows.length, tokens, embeddings.width]));
  }

  async join(parts: readonly GpuPart[]): Promise<GpuBatch> {
    const [{ batch, rows: staying }] = parts as [GpuPart];
    if (parts.length === 1 && staying.length === batch.rows.length) return batch;
    const rows = rowsOf(parts);
    const sources = parts.map((part) => ({ hidden: part.batch.hidden, rows: part.rows }));
    return this.batch(rows, (tokens) => {
      const hidden = this.gatherer.gather(sources, tokens);
      for (const part of parts) part.batch.free();
      return hidden;
    });
  }

  /** Rows, padded to the longest of them: `hidden` makes their hidden state [B, T, H]. */
  private async batch(rows: GpuBatch['rows'], hidden: (tokens: number) => GpuBatch['hidden']): Promise<GpuBatch> {
    const lengths = rows.map((row) => row.tokens);
    const tokens = Math.max(...lengths);
    return new GpuBatch(rows, tokens, hidden(tokens), await this.masks.of(lengths, tokens));
  }
}
