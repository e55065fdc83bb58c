/** A layer and the exit behind it: two calls into the engine. */

import { Once } from '../once.js';
import type { Package } from '../package.js';
import type { Reading, Stage } from '../stage.js';
import type { Packed } from './packed.js';
import type { WasmBatch } from './wasm-batch.js';

export class WasmStage implements Stage {
  private readonly layer = new Once(async () => this.packed.layer(this.pkg.manifest.layers[this.number - 1]!, await this.pkg.layer(this.number)));
  private readonly exit = new Once(async () => this.packed[this.kind](this.pkg.manifest.exits[this.number]!, await this.pkg.exit(this.number)));

  constructor(
    private readonly packed: Packed,
    private readonly pkg: Package,
    readonly number: number,
    readonly isLast: boolean,
  ) {}

  async forward(batch: WasmBatch, gated: boolean): Promise<{ batch: WasmBatch; reading?: Reading }> {
    if (this.number > 0) this.packed.engine.layer(await this.layer.get(), batch.states);
    if (!this.asks(gated)) return { batch };
    const logits = this.packed.engine[this.kind](await this.exit.get(), batch.states);
    return { batch, reading: { rows: batch.rows.length, read: () => Promise.resolve(logits) } };
  }

  isReady(gated: boolean): boolean {
    return (this.number === 0 || this.layer.isMade) && (!this.asks(gated) || this.exit.isMade);
  }

  prepare(gated: boolean): Promise<unknown> {
    return Promise.all([this.number > 0 && this.layer.get(), this.asks(gated) && this.exit.get()]);
  }

  private get kind(): 'exit' | 'head' {
    return this.isLast && this.pkg.manifest.architecture.head_act ? 'head' : 'exit';
  }

  private asks(gated: boolean): boolean {
    return gated && this.pkg.manifest.exits[this.number] !== null;
  }
}
