/** A package on WASM: its stages, and the engine that has it packed. */

import { PackageError } from '../../src/core/package-error.js';
import type { BatchLimits } from '../batch.js';
import type { Model } from '../model.js';
import type { Package } from '../package.js';
import { rowsOf } from '../pools.js';
import { logitsOf, type Reading, type Stage } from '../stage.js';
import type { TaughtExits } from '../import-taught.js';
import { openTaughtExits } from '../taught-exits.js';
import type { Tokenized } from '../tokenize.js';
import { chooseKernels } from './choose-kernels.js';
import { Engine } from './engine.js';
import { packedOf, type Packed } from './packed.js';
import { WasmBatch } from './wasm-batch.js';
import { WasmStage } from './wasm-stage.js';

/** The rows of a batch that stay. */
interface WasmPart {
  batch: WasmBatch;
  rows: readonly number[];
}

export class WasmModel implements Model {
  readonly device = 'wasm';
  /** Beyond some hundred tokens nothing is gained by more of them, and a batch answers as one. */
  readonly limits: BatchLimits = { rows: 32, tokens: 256, size: (lengths) => lengths.reduce((a, b) => a + b, 0) };
  readonly lost = undefined;
  readonly stages: readonly WasmStage[];

  private constructor(
    readonly pkg: Package,
    private readonly packed: Packed,
    private readonly taught: TaughtExits | undefined,
    readonly description: string,
  ) {
    const { exits, layers } = pkg.manifest;
    this.stages = exits.map((_, number) => new WasmStage(packed, pkg, taught, number, number === layers.length));
  }

  static async open(pkg: Package): Promise<WasmModel> {
    const [{ module, engineSum, description }, taught] = await Promise.all([chooseKernels(), openTaughtExits(pkg)]);
    const { architecture, labels } = pkg.manifest;
    const packed = packedOf(pkg.manifest, () => {
      const engine = new Engine(module, architecture, labels.length);
      engine.engineSum = engineSum;
      return engine;
    });
    return new WasmModel(pkg, packed, taught, description);
  }

  /** Numbers from one token of `hidden` to the next. */
  get stride(): number {
    return this.engine.width;
  }

  /** A batch's hidden state [tokens of all texts, stride], until something is run again. */
  hidden({ states }: WasmBatch): Float32Array {
    return this.engine.hidden(states);
  }

  private get engine(): Engine {
    return this.packed.engine;
  }

  /** It cannot be. */
  whenLost(): Promise<void> {
    return Promise.resolve();
  }

  /** The engine's memory goes with the last model that uses it. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async warmUp(): Promise<void> {
    let batch = await this.embed([this.pkg.tokenizer.tokenize('Warming up, so that the first text need not.', 0)]);
    for (const stage of this.stages.slice(0, this.pkg.firstExit + 1)) batch = (await stage.forward(batch, true)).batch;
    batch.free();
  }

  async prepareRest(): Promise<void> {
    this.pkg.fetchRest();
    for (const stage of this.stages.slice(this.pkg.firstExit + 1)) await stage.prepare(true).catch(() => {});
  }

  logits(reading: Reading, { number }: Stage): Promise<Float32Array[]> {
    const fault = (what: string): Error => new PackageError(`${what}: its weights do not go together. Train or export the package again.`);
    return logitsOf(reading, number, fault);
  }

  means({ states }: WasmBatch): Promise<Float32Array> {
    return Promise.resolve(this.engine.mean(states));
  }

  embed(texts: readonly Tokenized[]): Promise<WasmBatch> {
    const rows = texts.flatMap(({ index, windows }) =>
      windows.map(({ ids }) => ({ index, tokens: ids.length, taught: this.taught?.begin(ids), ngrams: this.pkg.ngrams?.(ids) })),
    );
    const states = this.engine.begin(rows.map(({ tokens }) => tokens));
    const hidden = this.engine.hidden(states);
    let at = 0;
    for (const window of texts.flatMap(({ windows }) => windows)) {
      this.pkg.embeddings.embedWindow(window, hidden, at, this.engine.width);
      at += window.ids.length * this.engine.width;
    }
    return Promise.resolve(new WasmBatch(this.engine, rows, states));
  }

  join(parts: readonly WasmPart[]): Promise<WasmBatch> {
    const [{ batch, rows: staying }] = parts as [WasmPart];
    if (parts.length === 1 && staying.length === batch.rows.length) return Promise.resolve(batch);
    const rows = rowsOf(parts);
    const states = this.engine.join(parts.map((part) => ({ states: part.batch.states, texts: part.rows })));
    return Promise.resolve(new WasmBatch(this.engine, rows, states));
  }
}
