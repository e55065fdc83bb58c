/** The encoder that is taught, in its worker; opened again where that dies. What was read there is read again then. */

import { transfer, wrap, type Remote } from 'comlink';
import { nextNumber } from './classifier.js';
import { workerError, type Connection } from './connection.js';
import type { EncoderInfo, Fitted, TeachingApi, TextToRead, WorkerEvent } from './contract.js';
import { hostFor } from './host.js';
import type { FitOptions, TeachOptions } from './teacher.js';
import type { Learnt } from './teaching-store.js';

export class TaughtEncoder {
  onProgress: FitOptions['onProgress'];
  info!: EncoderInfo;
  private readonly number = nextNumber();
  private readonly host = hostFor('wasm', {}, 0);
  private opening: Promise<{ connection: Connection; remote: Remote<TeachingApi> }> | undefined;

  /** @param folder absolute URL, ending in a slash */
  constructor(
    readonly folder: string,
    private readonly progress: NonNullable<TeachOptions['progress_callback']>,
  ) {}

  connection(): Promise<{ connection: Connection; remote: Remote<TeachingApi> }> {
    if (this.opening) return this.opening;
    const opening = this.open();
    opening.catch(this.forget);
    return (this.opening = opening);
  }

  /** Whether it is the one that something was learnt with. */
  made({ taught }: Learnt): boolean {
    const parts = ({ embeddings, layers, tokenizer }: EncoderInfo['manifest']): string => [embeddings, ...layers, tokenizer].map(({ sha256 }) => sha256).join();
    return parts(taught.manifest) === parts(this.info.manifest);
  }

  /** The numbers of those of which nothing could be read. */
  async read(texts: TextToRead[]): Promise<Set<number>> {
    return new Set(await this.call((remote) => remote.read(texts)));
  }

  /** @param texts all that are to be kept read */
  fit(texts: TextToRead[], request: Parameters<TeachingApi['fit']>[0]): Promise<Fitted> {
    return this.call(async (remote) => {
      await remote.read(texts); // a worker that took another's place has read nothing
      await remote.keepOnly(texts.map(({ id }) => id));
      return remote.fit(request);
    });
  }

  stop(): void {
    void this.opening?.then(({ remote }) => remote.stop()).catch(() => {});
  }

  async close(): Promise<void> {
    if (!this.host.leave(this.receive)) return;
    const open = await this.opening?.catch(() => undefined);
    await open?.connection.orDeath(open.connection.remote.dispose(this.number));
  }

  /** Once more where the worker died under it. */
  private async call<T>(task: (remote: Remote<TeachingApi>) => Promise<T>): Promise<T> {
    for (let deaths = 0; ; deaths++) {
      const { connection, remote } = await this.connection();
      const answer = await connection.orDeath(task(remote));
      if (answer !== 'died') return answer as T;
      if (deaths > 0) throw workerError('The worker died twice while it learnt. Try fewer or shorter texts.');
    }
  }

  private async open(): Promise<{ connection: Connection; remote: Remote<TeachingApi> }> {
    this.host.join(this.receive);
    try {
      const connection = await this.host.connection();
      const { port1, port2 } = new MessageChannel();
      const info = await connection.orDeath(connection.remote.teach({ pipeline: this.number, model: this.folder }, transfer(port2, [port2])));
      if (info === 'died') throw workerError('The worker ended while it loaded the encoder. Try again.');
      this.info = info;
      void connection.died.then(this.forget);
      return { connection, remote: wrap<TeachingApi>(port1) };
    } catch (error) {
      this.host.leave(this.receive);
      throw error;
    }
  }

  private readonly forget = (): void => {
    this.opening = undefined;
  };

  private readonly receive = (event: WorkerEvent): void => {
    if (!('pipeline' in event) || event.pipeline !== this.number) return;
    if (event.type === 'progress') this.progress(event.event);
    else if (event.type === 'taught') this.onProgress?.(event.event);
  };
}
