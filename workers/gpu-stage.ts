/** On a GPU the layer is ORT's, its exit our own kernels behind it. */

import type { Batch } from './batch.js';
import type { GpuExit, GpuExits, Reading } from './gpu-exit.js';
import type { Runtime, Session } from './runtime.js';
import type { Stage } from './stage.js';

export class GpuStage implements Stage {
  private session: Promise<Session> | undefined;
  private exit: GpuExit | undefined;

  constructor(
    private readonly runtime: Runtime,
    readonly number: number,
    readonly isLast: boolean,
    private readonly template: ArrayBuffer,
    private readonly layerShard: ArrayBuffer | undefined,
    private readonly exits: GpuExits,
    private readonly exitShard: ArrayBuffer | undefined,
  ) {}

  async forward(batch: Batch, gated: boolean): Promise<{ batch: Batch; reading?: Reading }> {
    if (this.layerShard) {
      this.session ??= this.runtime.session(this.template, { layer: this.layerShard });
      const { next_hidden } = await this.runtime.run(await this.session, { hidden: batch.hidden, ...batch.masks });
      batch.hidden.dispose();
      batch = { ...batch, hidden: next_hidden! };
    }
    const reading = gated ? this.ask(batch) : undefined;
    return reading ? { batch, reading } : { batch };
  }

  /** What the exit says of a batch; undefined where there is no exit. */
  ask(batch: Batch): Reading | undefined {
    if (!this.exitShard) return undefined;
    this.exit ??= this.exits.load(this.exitShard);
    const lengths = batch.rows.map(({ tokens }) => tokens);
    return this.exits.ask(this.exit, batch.hidden.gpuBuffer as GPUBuffer, lengths, batch.tokens);
  }
}
