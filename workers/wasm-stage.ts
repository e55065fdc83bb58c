/**
 * On WASM a layer and its exit are one graph: an exit in a session of its own would cost a second
 * `run()`. Where no text could leave, the layer's graph without an exit runs instead.
 */

import type { Batch } from './batch.js';
import { Once } from './once.js';
import type { Package } from './package.js';
import type { Runtime, Session } from './runtime.js';
import type { Reading, Stage } from './stage.js';

export class WasmStage implements Stage {
  private readonly gated = new Once(() => this.withExit());
  private readonly plain = new Once(async () =>
    this.runtime.session(this.pkg.templates.wasm!.layer, { layer: await this.pkg.layer(this.number) }),
  );

  constructor(
    private readonly runtime: Runtime,
    private readonly pkg: Package,
    readonly number: number,
    readonly isLast: boolean,
  ) {}

  async forward(batch: Batch, gated: boolean): Promise<{ batch: Batch; reading?: Reading }> {
    const session = await this.prepare(gated);
    if (!session) return { batch };
    const { next_hidden, logits } = await this.runtime.run(session, { hidden: batch.hidden });
    if (next_hidden) {
      batch.hidden.dispose();
      batch = { ...batch, hidden: next_hidden };
    }
    if (!logits) return { batch };
    return { batch, reading: { rows: batch.rows.length, read: async () => logits.data as Float32Array } };
  }

  isReady(gated: boolean): boolean {
    return this.graph(gated)?.isMade ?? true;
  }

  /** The session to run; none where there is neither a layer nor an exit. */
  async prepare(gated: boolean): Promise<Session | undefined> {
    return this.graph(gated)?.get();
  }

  private graph(gated: boolean): Once<Session> | undefined {
    if (gated && this.pkg.manifest.exits[this.number] !== null) return this.gated;
    return this.number > 0 ? this.plain : undefined;
  }

  private async withExit(): Promise<Session> {
    const { pkg, number, runtime } = this;
    const { exit: alone, layer_exit: both } = pkg.templates.wasm!;
    if (number === 0) return runtime.session(alone, { exit: await pkg.exit(0) });
    const [layer, exit] = await Promise.all([pkg.layer(number), pkg.exit(number)]);
    return runtime.session(both, { layer, exit });
  }
}
