/**
 * On WASM a layer and its exit are one graph: an exit in a session of its own would cost a second
 * `run()`. Where no text could leave, the layer's graph without an exit runs instead.
 */

import type { Batch } from './batch.js';
import type { Reading } from './gpu-exit.js';
import type { Package } from './package.js';
import type { Runtime, Session } from './runtime.js';
import type { Stage } from './stage.js';

export class WasmStage implements Stage {
  private readonly sessions: { gated?: Promise<Session>; plain?: Promise<Session> } = {};

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

  /** The session to run; none where there is neither a layer nor an exit. */
  async prepare(gated: boolean): Promise<Session | undefined> {
    const asks = gated && this.pkg.manifest.exits[this.number] !== null;
    return this.number > 0 || asks ? this.session(asks ? 'gated' : 'plain') : undefined;
  }

  /** Made when it is first run; made again if that failed. */
  private session(kind: 'gated' | 'plain'): Promise<Session> {
    return (this.sessions[kind] ??= this.make(kind).catch((error: unknown) => {
      delete this.sessions[kind];
      throw error;
    }));
  }

  private async make(kind: 'gated' | 'plain'): Promise<Session> {
    const { pkg, number, runtime } = this;
    const templates = pkg.templates.wasm!;
    if (kind === 'plain') return runtime.session(templates.layer, { layer: await pkg.layer(number) });
    if (number === 0) return runtime.session(templates.exit, { exit: await pkg.exit(0) });
    const [layer, exit] = await Promise.all([pkg.layer(number), pkg.exit(number)]);
    return runtime.session(templates.layer_exit, { layer, exit });
  }
}
