/** On a GPU the layer is ORT's, its exit our own kernels behind it. */

import type { Batch } from './batch.js';
import type { GpuExit, GpuExits, Reading } from './gpu-exit.js';
import type { Package } from './package.js';
import type { Runtime, Session } from './runtime.js';
import type { Stage } from './stage.js';

export class GpuStage implements Stage {
  private layer: Promise<Session> | undefined;
  private exit: Promise<GpuExit> | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly pkg: Package,
    private readonly exits: GpuExits,
    readonly number: number,
    readonly isLast: boolean,
  ) {}

  async forward(batch: Batch, gated: boolean): Promise<{ batch: Batch; reading?: Reading }> {
    if (this.number > 0) {
      const { next_hidden } = await this.runtime.run(await this.session(), { hidden: batch.hidden, ...batch.masks });
      batch.hidden.dispose();
      batch = { ...batch, hidden: next_hidden! };
    }
    const reading = gated ? await this.ask(batch) : undefined;
    return reading ? { batch, reading } : { batch };
  }

  prepare(gated: boolean): Promise<unknown> {
    return Promise.all([this.number > 0 && this.session(), gated && this.weights()]);
  }

  /** What the exit says of a batch; undefined where there is no exit. */
  async ask(batch: Batch): Promise<Reading | undefined> {
    const exit = await this.weights();
    if (!exit) return undefined;
    const lengths = batch.rows.map(({ tokens }) => tokens);
    return this.exits.ask(exit, batch.hidden.gpuBuffer as GPUBuffer, lengths, batch.tokens);
  }

  /** The exit's, if there is one; fetched when it is first asked, and again if that failed. */
  private async weights(): Promise<GpuExit | undefined> {
    if (this.pkg.manifest.exits[this.number] === null) return undefined;
    return (this.exit ??= this.pkg
      .exit(this.number)
      .then((shard) => this.exits.load(shard))
      .catch((error: unknown) => {
        this.exit = undefined;
        throw error;
      }));
  }

  /** Made when it is first run; made again if that failed. */
  private session(): Promise<Session> {
    return (this.layer ??= this.pkg
      .layer(this.number)
      .then((layer) => this.runtime.session(this.pkg.templates.webgpu!.layer, { layer }))
      .catch((error: unknown) => {
        this.layer = undefined;
        throw error;
      }));
  }
}
