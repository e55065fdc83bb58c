/** A worker that pipelines share: started by the first of them, ended with the last, replaced when it dies. */

import { Connection } from './connection.js';
import type { RuntimeOptions, WorkerEvent } from './contract.js';

/** By what a worker can hold only one of: ONNX Runtime's build, and where its files lie. */
const hosts = new Map<string, Host>();

/**
 * What pipelines of one kind share.
 *
 * @param number of a pipeline's workers, from 0
 */
export function hostFor(device: string, { ortPath }: RuntimeOptions, number: number): Host {
  // Without a GPU in play a smaller build will do.
  const key = `${device === 'wasm' ? 'wasm' : 'gpu'} ${number} ${ortPath ?? ''}`;
  const host = hosts.get(key) ?? new Host();
  hosts.set(key, host);
  return host;
}

type Listener = (event: WorkerEvent) => void;

export class Host {
  private current: Promise<Connection> | undefined;
  private readonly listeners = new Set<Listener>();

  /** Who joins hears of every event, and leaves in the end. */
  join(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** The last to leave ends the worker, without waiting for its end; whether there are others. */
  leave(listener: Listener): boolean {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return true;
    void this.current?.then((connection) => connection.close()).catch(() => {});
    this.current = undefined;
    return false;
  }

  /** The worker; another one where there is none, or where it has died or could not be started. */
  connection(): Promise<Connection> {
    if (this.current) return this.current;
    const opening = Connection.open((event) => {
      for (const listener of this.listeners) listener(event);
    });
    const forget = (): void => {
      if (this.current === opening) this.current = undefined;
    };
    opening.then((connection) => connection.died.then(forget), forget);
    return (this.current = opening);
  }
}
