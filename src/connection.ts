/** A worker that has started, and the news of its end. */

import { transfer, wrap, type Remote } from 'comlink';
import type { ClassifierApi, WorkerEvent } from './contract.js';
import { startWorker } from './start-worker.js';

/** Milliseconds that a worker has to end by itself, as one that hangs or has a slow disk does not. */
const PATIENCE = 10_000;

export function workerError(what: string): Error {
  return Object.assign(new Error(what), { name: 'WorkerError' });
}

export class Connection {
  private isDead = false;
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly worker: Worker,
    /** One proxy for the connection's whole life: calls in flight hang if it is collected. */
    readonly remote: Remote<ClassifierApi>,
    /** Resolves when the worker has ended without having been closed. */
    readonly died: Promise<void>,
    private readonly stopWatching: AbortController,
  ) {
    void died.then(() => this.tellDeath());
  }

  /**
   * What a call comes to, or 'died' where the worker ends before. (A race with `died` itself would
   * keep something of every call for as long as the worker lives.)
   */
  orDeath<T>(call: Promise<T>): Promise<T | 'died'> {
    if (this.isDead) return Promise.resolve('died');
    return new Promise((resolve, reject) => {
      const tell = (): void => resolve('died');
      this.waiting.add(tell);
      call.then(resolve, reject).finally(() => this.waiting.delete(tell));
    });
  }

  /** Starts a worker. Where that fails, it is gone again. */
  static async open(onEvent: (event: WorkerEvent) => void): Promise<Connection> {
    const worker = startWorker();
    const remote = wrap<ClassifierApi>(worker);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<WorkerEvent>) => onEvent(data);
    const alive = `fastbert-web-${crypto.randomUUID()}`;
    const failed = new Promise<never>((_, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        const why = event.message ? `: ${event.message}` : ' (was its script served?)';
        reject(workerError(`The worker could not be started${why}. Reload the page to try again.`));
      };
    });
    try {
      await Promise.race([remote.start(alive, transfer(port2, [port2])), failed]);
    } catch (error) {
      worker.terminate();
      throw error;
    }
    // The lock comes free when the worker ends, by whatever it ends.
    const stopWatching = new AbortController();
    const { signal } = stopWatching;
    const died = new Promise<void>((resolve) => {
      navigator.locks.request(alive, { signal }, () => resolve()).catch(() => {});
    });
    return new Connection(worker, remote, died, stopWatching);
  }

  private tellDeath(): void {
    this.isDead = true;
    for (const tell of this.waiting) tell();
    this.waiting.clear();
  }

  /**
   * Ends the worker, once it has written what it fetched: who loads the next model of the same embeddings would fetch
   * them again. It frees its memory, GPU's included, by ending.
   */
  async close(): Promise<void> {
    await Promise.race([this.orDeath(this.remote.end()), new Promise((done) => setTimeout(done, PATIENCE))]);
    this.stopWatching.abort();
    this.worker.terminate();
  }
}
