/** A package on a device: everything that the loop needs to run texts through its stages. */

import type { Device } from '../src/contract.js';
import { free, type Batch, type BatchLimits } from './batch.js';
import { Compactor } from './compact.js';
import type { Package } from './package.js';
import { Runtime } from './runtime.js';
import { Stage } from './stage.js';
import type { Tokenized } from './tokenize.js';

/**
 * On WASM texts run one by one: dynamic quantisation takes one activation scale a tensor, so a
 * batch would couple its texts.
 */
const LIMITS: Record<Device, BatchLimits> = {
  wasm: { texts: 1, tokens: Infinity },
  webgpu: { texts: 32, tokens: 8192 },
};

export class Model {
  private constructor(
    readonly pkg: Package,
    readonly runtime: Runtime,
    readonly stages: Stage[],
    private readonly compactor: Compactor | undefined,
  ) {}

  /** A model whose stages make their sessions when they first run; `warmUp` runs them all. */
  static async open(pkg: Package, device: Device, wasmPaths?: string): Promise<Model> {
    const runtime = await Runtime.open(device, wasmPaths);
    const templates = pkg.templates[device]!;
    const { uncertainty_classes } = pkg.manifest;
    const stages = pkg.exits.map(
      (exit, i) =>
        new Stage(runtime, i, i === pkg.layers.length, templates, pkg.layers[i - 1], exit, uncertainty_classes),
    );
    const compactor =
      device === 'webgpu'
        ? await Compactor.create(runtime, pkg.manifest.architecture, templates)
        : undefined;
    return new Model(pkg, runtime, stages, compactor);
  }

  /** Runs each stage once: a session compiles its programs in its first run. */
  async warmUp(): Promise<this> {
    const text = this.pkg.tokenizer.tokenize('Warming up, so that the first text need not.', 0);
    let batch = await this.embed([text]);
    for (const stage of this.stages) {
      const ran = await stage.forward(batch, true);
      batch = ran.batch;
      if (ran.logits) await stage.beliefs(ran.logits);
    }
    free(batch);
    return this;
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
    const masks = (await this.compactor?.masks(lengths, tokens)) ?? {};
    return { rows, tokens, hidden, masks };
  }

  /** The rows that stay, in order; `staying` is not empty. */
  async compact(batch: Batch, staying: readonly number[]): Promise<Batch> {
    if (staying.length === batch.rows.length) return batch;
    // Without a compactor batches are of one text, which has left or has not.
    return this.compactor!.keep(batch, staying);
  }
}
