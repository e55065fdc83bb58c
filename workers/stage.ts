/**
 * A layer and the exit behind it, as one graph: an exit in a session of its own would cost a
 * second `run()`. Stage 0 has no layer, only exit 0. Where no text could leave, the layer's
 * graph without an exit runs instead.
 */

import { softmax, uncertainty } from '../src/core/entropy.js';
import type { Belief } from '../src/core/gate.js';
import type { Templates } from '../src/core/manifest.js';
import type { Batch } from './batch.js';
import type { Runtime, Session, Tensor } from './runtime.js';

export class Stage {
  private gated: Promise<Session> | undefined;
  private plain: Promise<Session> | undefined;

  constructor(
    private readonly runtime: Runtime,
    /** 0 on the embeddings, else the number of the layer. */
    readonly number: number,
    readonly isLast: boolean,
    private readonly templates: Record<keyof Templates, ArrayBuffer>,
    private readonly layer: ArrayBuffer | undefined,
    private readonly exit: ArrayBuffer | undefined,
    private readonly uncertaintyClasses: number,
  ) {}

  /**
   * The next hidden state, which stays on the device, and the logits [B, N] if `gated` and there
   * is an exit.
   * The batch's old hidden state is freed.
   */
  async forward(batch: Batch, gated: boolean): Promise<{ batch: Batch; logits?: Tensor }> {
    const session = await this.session(gated);
    if (!session) return { batch };
    const feeds = { hidden: batch.hidden, ...batch.masks };
    const { next_hidden, logits } = await this.runtime.run(session, feeds);
    if (next_hidden) {
      batch.hidden.dispose();
      batch = { ...batch, hidden: next_hidden };
    }
    return logits ? { batch, logits } : { batch };
  }

  /** Reads an exit's logits back and frees them: all that ever leaves the device. */
  async beliefs(logits: Tensor): Promise<Belief[]> {
    const [rows, classes] = logits.dims as [number, number];
    const values = (await logits.getData(true)) as Float32Array;
    return Array.from({ length: rows }, (_, row) => {
      const probabilities = softmax(values.subarray(row * classes, (row + 1) * classes));
      return { exit: this.number, probabilities, uncertainty: uncertainty(probabilities, this.uncertaintyClasses) };
    });
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
