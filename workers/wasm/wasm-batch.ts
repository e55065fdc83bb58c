/** Texts that run together on WASM, end to end in the engine's memory. */

import type { Batch } from '../batch.js';
import type { Engine, States } from './engine.js';

export class WasmBatch implements Batch {
  constructor(
    private readonly engine: Engine,
    readonly rows: Batch['rows'],
    readonly states: States,
  ) {}

  free(): void {
    this.engine.free(this.states);
  }
}
