/** One call to `classify` while it runs: its speed, whether it was cancelled, its way to wait. */

import type { ClassifyRequest, ExitEvent } from '../src/contract.js';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()!();

/**
 * Resolves after the messages that have already arrived were handled. On WASM a run resolves
 * without the worker ever returning to its event loop, so `setSpeed` and `cancel` would wait
 * until the whole call was over.
 */
function afterMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

export class Call {
  speed: number;
  cancelled = false;

  constructor(
    readonly request: ClassifyRequest,
    private readonly send: (event: ExitEvent) => void,
  ) {
    this.speed = request.speed;
  }

  /** Between two layers: lets messages in, and throws AbortError if one of them was a cancel. */
  async checkpoint(): Promise<void> {
    await afterMessages();
    if (this.cancelled) throw new DOMException('The call was cancelled.', 'AbortError');
  }

  /** Whether exits before the last are computed: at speed 0 no text could leave there. */
  get gated(): boolean {
    return this.request.mode === 'explore' || this.speed > 0;
  }

  /** The threshold of its gates; exploring, no text leaves before the last exit. */
  get gateSpeed(): number {
    return this.request.mode === 'explore' ? 0 : this.speed;
  }

  emit(event: ExitEvent): void {
    if (this.request.stream) this.send(event);
  }
}
