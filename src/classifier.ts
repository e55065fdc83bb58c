/**
 * The main thread's handle on a model in the worker: calls, cancelling, disposal, and the model loaded
 * anew when the worker died. A call that was running then is run again, once.
 */

import { workerError, type Connection } from './connection.js';
import type { ClassifyRequest, LoadRequest, ModelInfo, Verdict, WorkerEvent } from './contract.js';
import { hostFor, type Host } from './host.js';
import { checkPace, checkTarget, checkTexts, checkThreads, folderOf, inputError } from './input.js';
import type { PipelineOptions, Target, Thresholds, TraceOptions } from './options.js';

interface Pending {
  request: ClassifyRequest;
  onExit: TraceOptions['onExit'];
  /** Whether the pipeline's own target is the call's. */
  follows: boolean;
  /** Called when the worker has sent the call's last event. */
  finished: () => void;
  reject: (error: unknown) => void;
}

/** Pipelines and calls of a page, which share workers, are numbered through. */
let lastNumber = 0;

export class Classifier {
  private readonly pending = new Map<number, Pending>();
  private readonly host: Host;
  /** The worker, once it has the model; undefined where that failed, until it is tried again. */
  private connection: Promise<Connection> | undefined;
  private current!: ModelInfo;
  private ownTarget!: Target;
  /** The target's: kept, since a speedup takes some thousand steps to resolve. */
  private ownThresholds!: Thresholds;
  private disposed = false;

  private constructor(
    private readonly request: LoadRequest,
    private readonly options: PipelineOptions,
  ) {
    this.host = hostFor(request.device, request);
  }

  static async load(model: string, options: PipelineOptions): Promise<Classifier> {
    const { device = 'auto', prefetch = 'idle', ortPath } = options;
    if (!['auto', 'webgpu', 'wasm'].includes(device)) {
      throw inputError(`device is ${JSON.stringify(device)}; it takes 'auto', 'webgpu' or 'wasm'`);
    }
    if (!['all', 'idle', 'none'].includes(prefetch)) {
      throw inputError(`prefetch is ${JSON.stringify(prefetch)}; it takes 'all', 'idle' or 'none'`);
    }
    const threads = checkThreads(options.threads);
    if (!globalThis.Worker) {
      throw inputError(
        'ServiceWorkerGlobalScope' in globalThis
          ? 'pipeline() starts a worker, which a service worker cannot. Call it in a page; in an extension, in one of its pages or in an offscreen document.'
          : "pipeline() needs a browser, and this is none. In a page that a server renders, call it where only the browser runs, such as an effect. To classify on a server, use @huggingface/transformers; of this package 'fastbert-web/core' works there.",
      );
    }
    if (!navigator.locks) {
      throw inputError('This needs a browser page served over https or from localhost.');
    }
    const ortFolder = ortPath && folderOf(ortPath);
    const request = { pipeline: ++lastNumber, model: folderOf(model), device, ortPath: ortFolder, threads, prefetch };
    const classifier = new Classifier(request, options);
    classifier.host.join(classifier.receive);
    try {
      await classifier.connect();
    } catch (error) {
      classifier.host.leave(classifier.receive);
      throw error;
    }
    classifier.target = { speed: 0.5 };
    return classifier;
  }

  get info(): ModelInfo {
    return this.current;
  }

  /** What calls that name no pace go by. */
  get target(): Target {
    return this.ownTarget;
  }

  set target(target: Target) {
    const thresholds = checkTarget(target, this.current.calibration);
    this.ownTarget = target;
    this.ownThresholds = thresholds;
    for (const { request, follows } of this.pending.values()) {
      if (!follows) continue;
      request.thresholds = thresholds;
      this.connection?.then(({ remote }) => remote.setThresholds(request.call, thresholds)).catch(() => {});
    }
  }

  /** Verdicts of texts in their order. */
  async classify(texts: readonly string[], options: TraceOptions): Promise<Verdict[]> {
    const { signal, onExit, mode = 'fast' } = options;
    const target = checkPace(options);
    if (this.disposed) throw disposedError();
    signal?.throwIfAborted();
    const request: ClassifyRequest = {
      pipeline: this.request.pipeline,
      call: ++lastNumber,
      texts: checkTexts(texts),
      thresholds: target ? checkTarget(target, this.current.calibration) : this.ownThresholds,
      mode,
      stream: onExit !== undefined,
    };
    if (request.texts.length === 0) return [];
    // At once, also while the worker is on its way; it is told, but not waited for.
    const cancel = (): void => {
      this.pending.get(request.call)?.reject(signal!.reason);
      void this.connection?.then(({ remote }) => remote.cancel(request.call)).catch(() => {});
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<Verdict[]>((resolve, reject) => {
        const follows = target === undefined;
        const eventsIn = new Promise<void>((finished) => {
          this.pending.set(request.call, { request, onExit, follows, finished, reject });
          if (!request.stream) finished();
        });
        // The result waits for the events, so that none comes after it.
        this.run(request, 2).then((verdicts) => eventsIn.then(() => resolve(verdicts)), reject);
      });
    } finally {
      this.pending.delete(request.call);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    for (const { reject } of this.pending.values()) reject(disposedError());
    if (!this.host.leave(this.receive)) return;
    const connection = await this.connection?.catch(() => undefined);
    await connection?.orDeath(connection.remote.dispose(this.request.pipeline));
  }

  /** Runs a call, and once more on the next worker if the first one dies under it. */
  private async run(request: ClassifyRequest, attempts: number): Promise<Verdict[]> {
    const connection = await (this.connection ?? this.connect());
    const result = await connection.orDeath(connection.remote.classify(request));
    if (result !== 'died') return result;
    if (attempts > 1) return this.run(request, attempts - 1);
    throw workerError('The worker died twice while it ran this call. Try fewer or shorter texts.');
  }

  /** Calls made while the model loads wait for it; if it cannot, they get its error, and the next call tries again. */
  private connect(): Promise<Connection> {
    const opening = this.load();
    opening.catch(() => {
      if (this.connection === opening) this.connection = undefined;
    });
    return (this.connection = opening);
  }

  private async load(): Promise<Connection> {
    const connection = await this.host.connection();
    const info = await connection.orDeath(connection.remote.load(this.request));
    if (info === 'died') throw workerError('The worker ended while it loaded the model. Try again.');
    this.current = info;
    void connection.died.then(() => this.revive());
    return connection;
  }

  private async revive(): Promise<void> {
    if (!this.disposed) await this.connect().catch(() => {});
  }

  /** Events of all pipelines come here. */
  private readonly receive = (event: WorkerEvent): void => {
    switch (event.type) {
      case 'exit':
        return this.pending.get(event.call)?.onExit?.(event.event);
      case 'finished':
        return this.pending.get(event.call)?.finished();
      case 'progress':
        if (event.pipeline === this.request.pipeline) this.options.progress_callback?.(event.event);
        return undefined;
      case 'gpu': {
        if (event.pipeline !== this.request.pipeline) return undefined;
        const { gpu, bytes } = event;
        this.current = { ...this.current, gpu, bytes };
        return this.options.onGpu?.(gpu);
      }
      case 'recovered': {
        if (event.pipeline !== this.request.pipeline) return undefined;
        const { device, deviceDescription, reason } = event;
        this.current = { ...this.current, device, deviceDescription };
        return this.options.onRecovered?.({ device, deviceDescription, reason });
      }
    }
  };
}

function disposedError(): Error {
  const what = 'The pipeline was disposed. Make a new one with pipeline().';
  return Object.assign(new Error(what), { name: 'DisposedError' });
}
