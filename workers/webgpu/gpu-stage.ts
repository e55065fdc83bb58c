/** The layer is ORT's, its exit our own kernels behind it. */

import { Once } from '../once.js';
import type { Package } from '../package.js';
import type { Reading, Stage } from '../stage.js';
import type { GpuBatch } from './gpu-batch.js';
import type { Exits } from './gpu-exit.js';
import type { Runtime } from './runtime.js';

export class GpuStage implements Stage {
  private readonly layer = new Once(async () =>
    this.runtime.session(this.template, { layer: await this.pkg.layer(this.number) }),
  );
  private readonly exit = new Once(async () =>
    this.pkg.manifest.exits[this.number] ? this.exits.load(await this.pkg.exit(this.number)) : undefined,
  );

  constructor(
    private readonly runtime: Runtime,
    private readonly pkg: Package,
    /** The graph of a layer. */
    private readonly template: ArrayBuffer,
    private readonly exits: Exits,
    readonly number: number,
    readonly isLast: boolean,
  ) {}

  async forward(batch: GpuBatch, gated: boolean): Promise<{ batch: GpuBatch; reading?: Reading }> {
    if (this.number > 0) {
      const { next_hidden } = await this.runtime.run(await this.layer.get(), { hidden: batch.hidden, ...batch.masks });
      batch = batch.after(next_hidden!);
    }
    const reading = gated ? await this.ask(batch) : undefined;
    return reading ? { batch, reading } : { batch };
  }

  isReady(gated: boolean): boolean {
    return (this.number === 0 || this.layer.isMade) && (!gated || this.exit.isMade);
  }

  prepare(gated: boolean): Promise<unknown> {
    return Promise.all([this.number > 0 && this.layer.get(), gated && this.exit.get()]);
  }

  /** What the exit says of a batch; undefined where there is no exit. */
  async ask(batch: GpuBatch): Promise<Reading | undefined> {
    const exit = await this.exit.get();
    if (!exit) return undefined;
    const lengths = batch.rows.map(({ tokens }) => tokens);
    return this.exits.ask(exit, batch.hidden.gpuBuffer as GPUBuffer, lengths, batch.tokens);
  }
}
