/** Whether calls run: what may wait, waits until none does. */

import { afterMessages } from './messages.js';

export class Idle {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** Runs a call. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    this.running++;
    try {
      return await call();
    } finally {
      this.running--;
      if (this.running === 0) for (const go of this.waiting.splice(0)) go();
    }
  }

  /** Resolves when no call runs, nor has just come. */
  async wait(): Promise<void> {
    await afterMessages();
    while (this.running > 0) {
      await new Promise<void>((go) => this.waiting.push(go));
      await afterMessages();
    }
  }
}
