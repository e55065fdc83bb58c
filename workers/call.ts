/** One call to `classify` while it runs: its thresholds, whether it was cancelled, its way to wait. */

import type { ClassifyRequest, ExitEvent } from '../src/contract.js';
import type { Thresholds } from '../src/core/gate.js';
import { afterMessages } from './messages.js';

/** Milliseconds after which messages are let in again: soon enough for a slider, and a short text never pays for it. */
const PATIENCE = 8;
let lookedAt = 0;

export class Call {
  thresholds: Thresholds;
  cancelled = false;
  private endWaiting: () => void = () => {};
  private readonly cancelling = new Promise<void>((resolve) => (this.endWaiting = resolve));

  constructor(
    readonly request: ClassifyRequest,
    private readonly send: (event: ExitEvent) => void,
  ) {
    this.thresholds = request.thresholds;
    lookedAt = performance.now(); // it came by a message
  }

  /** Between two layers: lets messages in, if none had a chance for a while, and throws AbortError if one was a cancel. */
  async checkpoint(): Promise<void> {
    if (performance.now() - lookedAt > PATIENCE) {
      await afterMessages();
      lookedAt = performance.now();
    }
    if (this.cancelled) throw cancelled();
  }

  cancel(): void {
    this.cancelled = true;
    this.endWaiting();
  }

  /** Waits for something that may take long; throws AbortError as soon as the call is cancelled. */
  async waitFor(task: Promise<unknown>): Promise<void> {
    const over = Symbol('cancelled');
    if ((await Promise.race([task, this.cancelling.then(() => over)])) === over) throw cancelled();
  }

  /** Exploring, every exit is asked and no text leaves before the last. */
  get explores(): boolean {
    return this.request.mode === 'explore';
  }

  get isOfOneText(): boolean {
    return this.request.texts.length === 1;
  }

  /** What holds now: where an exit's is 0, no text leaves. `open` closes some gates. */
  gates(open: (thresholds: Thresholds) => Thresholds): Thresholds {
    return this.explores ? this.thresholds.map(() => 0) : open(this.thresholds);
  }

  emit(event: ExitEvent): void {
    if (this.request.stream) this.send(event);
  }
}

function cancelled(): DOMException {
  return new DOMException('The call was cancelled.', 'AbortError');
}
