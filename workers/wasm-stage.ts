/**
 * On WASM a layer and its exit are one graph: an exit in a session of its own would cost a second
 * `run()`. Where no text could leave, the layer's graph without an exit runs instead.
 */

import type { Templates } from '../src/core/manifest.js';
import type { Batch } from './batch.js';
import type { Reading } from './gpu-exit.js';
import type { Runtime, Session } from './runtime.js';
import type { Stage } from './stage.js';

export class WasmStage implements Stage {
  private gated: Promise<Session> | undefined;
  private plain: Promise<Session> | undefined;

  constructor(
    private readonly runtime: Runtime,
    readonly number: number,
    readonly isLast: boolean,
    private readonly templates: Record<keyof Templates, ArrayBuffer>,
    private readonly layer: ArrayBuffer | undefined,
    private readonly exit: ArrayBuffer | undefined,
  ) {}

  async forward(batch: Batch, gated: boolean): Promise<{ batch: Batch; reading?: Reading }> {
    const session = await this.session(gated);
    if (!session) return { batch };
    const { next_hidden, logits } = await this.runtime.run(session, { hidden: batch.hidden });
    if (next_hidden) {
      batch.hidden.dispose();
      batch = { ...batch, hidden: next_hidden };
    }
    if (!logits) return { batch };
    return { batch, reading: { rows: batch.rows.length, read: async () => logits.data as Float32Array } };
  }

  /** The graph to run; none where there is neither a layer nor an exit. */
  private session(gated: boolean): Promise<Session> | undefined {
    const { templates, layer, exit, runtime } = this;
    if (gated && exit) {
      return (this.gated ??= layer
        ? runtime.session(templates.layer_exit, { layer, exit })
        : runtime.session(templates.exit, { exit }));
    }
    return layer && (this.plain ??= runtime.session(templates.layer, { layer }));
  }
}
