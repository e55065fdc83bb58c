/** A pipeline's model in one worker: loaded there when it is first asked for, and again once that worker died. */

import { workerError, type Connection } from './connection.js';
import type { LoadRequest, ModelInfo, WorkerEvent } from './contract.js';
import type { Host } from './host.js';

export class Replica {
  private loading: Promise<Connection> | undefined;

  /**
   * @param receive told of all events of its worker, other pipelines' too
   * @param onLoad told each time that it is loaded
   */
  constructor(
    private readonly host: Host,
    private readonly request: LoadRequest,
    private readonly receive: (event: WorkerEvent) => void,
    private readonly onLoad?: (info: ModelInfo, connection: Connection) => void,
  ) {}

  /** The worker, once it has the model. Where that fails, who waits gets the error, and the next who asks tries again. */
  connection(): Promise<Connection> {
    if (this.loading) return this.loading;
    const loading = this.load();
    loading.catch(this.forget);
    return (this.loading = loading);
  }

  /** Frees the model, and ends the worker if nobody else has a model there. */
  async close(): Promise<void> {
    if (!this.host.leave(this.receive)) return;
    const connection = await this.loading?.catch(() => undefined);
    await connection?.orDeath(connection.remote.dispose(this.request.pipeline));
  }

  private async load(): Promise<Connection> {
    this.host.join(this.receive);
    try {
      const connection = await this.host.connection();
      const info = await connection.orDeath(connection.remote.load(this.request));
      if (info === 'died') throw workerError('The worker ended while it loaded the model. Try again.');
      void connection.died.then(this.forget);
      this.onLoad?.(info, connection);
      return connection;
    } catch (error) {
      this.host.leave(this.receive);
      throw error;
    }
  }

  private readonly forget = (): void => {
    this.loading = undefined;
  };
}
