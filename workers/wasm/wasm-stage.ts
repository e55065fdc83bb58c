/** A layer and the exit behind it: two calls into the engine; a taught exit is no part of it. */

import { Once } from '../once.js';
import type { Package } from '../package.js';
import type { Reading, Stage } from '../stage.js';
import type { TaughtExits } from '../import-taught.js';
import type { Packed } from './packed.js';
import type { WasmBatch } from './wasm-batch.js';

export class WasmStage implements Stage {
  private readonly layer = new Once(async () => this.packed.layer(this.pkg.manifest.layers[this.number - 1]!, await this.pkg.layer(this.number)));
  /** Gives a batch's logits. */
  private readonly exit = new Once(async () => this.makeExit(await this.pkg.exit(this.number)));

  constructor(
    private readonly packed: Packed,
    private readonly pkg: Package,
    private readonly taught: TaughtExits | undefined,
    readonly number: number,
    readonly isLast: boolean,
  ) {}

  async forward(batch: WasmBatch, gated: boolean): Promise<{ batch: WasmBatch; reading?: Reading }> {
    if (this.number > 0) this.packed.engine.layer(await this.layer.get(), batch.states);
    if (!this.asks(gated)) return { batch };
    const logits = (await this.exit.get())(batch);
    if (!gated) return { batch };
    return { batch, reading: { rows: batch.rows.length, read: () => Promise.resolve(logits) } };
  }

  isReady(gated: boolean): boolean {
    return (this.number === 0 || this.layer.isMade) && (!this.asks(gated) || this.exit.isMade);
  }

  prepare(gated: boolean): Promise<unknown> {
    return Promise.all([this.number > 0 && this.layer.get(), this.asks(gated) && this.exit.get()]);
  }

  private makeExit(shard: ArrayBuffer): (batch: WasmBatch) => Float32Array {
    const { engine } = this.packed;
    if (this.taught) {
      const ask = this.taught.exit(this.number, shard);
      return ({ states, rows }) => ask(engine.hidden(states), rows, engine.width);
    }
    const kind = this.isLast && this.pkg.manifest.architecture.head_act ? 'head' : 'exit';
    const place = this.packed[kind](this.pkg.manifest.exits[this.number]!, shard);
    return ({ states }) => engine[kind](place, states);
  }

  /** Whether its exit is. Of taught ones all are: those behind hear what they say. */
  private asks(gated: boolean): boolean {
    return (gated || this.taught !== undefined) && this.pkg.manifest.exits[this.number] !== null;
  }
}
