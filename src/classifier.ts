/**
 * The main thread's handle on a model in one worker or several: calls, shared among them, cancelling, disposal.
 * What a worker was at when it died is run again, once.
 */

import { workerError, type Connection } from './connection.js';
import type { ClassifyRequest, LoadRequest, ModelInfo, TextOrPair, Verdict, WorkerEvent } from './contract.js';
import { hostFor } from './host.js';
import { checkPace, checkTarget, checkTexts, checkWorkers, folderOf, inputError } from './input.js';
import type { PipelineOptions, Target, Thresholds, TraceOptions } from './options.js';
import { Replica } from './replica.js';
import { CHUNK, GPU_CHUNK, Share, type Chunk } from './share.js';

interface Call extends Pick<ClassifyRequest, 'thresholds' | 'mode' | 'states'> {
  share: Share<Verdict>;
  onExit: TraceOptions['onExit'];
  /** Whether the pipeline's own target is the call's. */
  follows: boolean;
  /** Whether one worker has to take all of it at once. */
  whole: boolean;
}

/** A chunk of a call while a worker has it: to the worker, a call. */
interface Attempt {
  call: Call;
  chunk: Chunk;
  remote: Connection['remote'];
  /** Called when the worker has sent its last event. */
  finished: () => void;
}

/** Pipelines, and what their workers take for calls, are numbered through on a page: pipelines share workers. */
let lastNumber = 0;

export function nextNumber(): number {
  return ++lastNumber;
}

export class Classifier {
  private readonly calls = new Set<Call>();
  private readonly attempts = new Map<number, Attempt>();
  /** The first is the one that loads, answers single texts, and whose failures are told. */
  private readonly replicas: [first: Replica, ...others: Replica[]];
  /** Of the model, once it is loaded; told from the start of one that this page made. */
  info!: ModelInfo;
  private ownTarget!: Target;
  /** The target's: kept, since a speedup takes some thousand steps to resolve. */
  private ownThresholds!: Thresholds;
  private disposed = false;

  /** `load` makes one; only of a model that this page made all is known beforehand. */
  constructor(
    private readonly request: LoadRequest,
    private readonly workers: number,
    private readonly options: PipelineOptions,
  ) {
    const first = new Replica(hostFor(request.device, request, 0), request, this.receive, (info, { died }) => {
      this.info = info;
      void died.then(() => this.revive());
    });
    this.replicas = [first];
  }

  static async load(model: string, options: PipelineOptions): Promise<Classifier> {
    const { device = 'auto', prefetch = 'idle', ortPath } = options;
    if (!['auto', 'webgpu', 'wasm'].includes(device)) {
      throw inputError(`device is ${JSON.stringify(device)}; it takes 'auto', 'webgpu' or 'wasm'`);
    }
    if (!['all', 'idle', 'none'].includes(prefetch)) {
      throw inputError(`prefetch is ${JSON.stringify(prefetch)}; it takes 'all', 'idle' or 'none'`);
    }
    if (!globalThis.Worker) {
      throw inputError(
        'ServiceWorkerGlobalScope' in globalThis
          ? 'pipeline() starts a worker, which a service worker cannot. Call it in a page, in an extension also in an offscreen document.'
          : "pipeline() needs a browser, and this is none. Call it where only the browser runs, as in an effect. To classify on a server, use @huggingface/transformers.",
      );
    }
    if (!navigator.locks) {
      throw inputError('This needs a browser page served over https or from localhost.');
    }
    const workers = checkWorkers(options.workers, navigator.hardwareConcurrency);
    const ortFolder = ortPath && folderOf(ortPath);
    const request = { pipeline: nextNumber(), model: folderOf(model), device, ortPath: ortFolder, prefetch };
    const classifier = new Classifier(request, workers, options);
    await classifier.loaded();
    classifier.target = { speed: 0.5 };
    return classifier;
  }

  /** Loads the model where it is not loaded. */
  loaded(): Promise<unknown> {
    return this.replicas[0].connection();
  }

  /** What calls that name no pace go by. */
  get target(): Target {
    return this.ownTarget;
  }

  set target(target: Target) {
    const thresholds = checkTarget(target, this.info.calibration);
    this.ownTarget = target;
    this.ownThresholds = thresholds;
    for (const call of this.calls) if (call.follows) call.thresholds = thresholds;
    for (const [number, { call, remote }] of this.attempts) {
      if (call.follows) remote.setThresholds(number, thresholds).catch(() => {});
    }
  }

  /**
   * Verdicts of texts in their order.
   *
   * @param together all of them on one device, whichever it is: what is to be compared closer than devices agree
   */
  async classify(texts: readonly TextOrPair[], options: TraceOptions, together = false): Promise<Verdict[]> {
    const { signal, onExit, mode = 'fast', state: states = false } = options;
    const target = checkPace(options);
    if (this.disposed) throw disposedError();
    signal?.throwIfAborted();
    const checked = checkTexts(texts, this.info.textPair);
    const thresholds = target ? checkTarget(target, this.info.calibration) : this.ownThresholds;
    if (checked.length === 0) return [];
    const share = new Share<Verdict>(checked);
    const whole = together && this.mayUseGpu;
    const call: Call = { share, thresholds, mode, states, onExit, follows: target === undefined, whole };
    const cancel = (): void => share.fail(signal!.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    this.calls.add(call);
    const [first, ...helpers] = this.replicasFor(whole ? 1 : checked.length);
    this.serve(call, first!).catch((error: unknown) => share.fail(error));
    for (const helper of helpers) this.serve(call, helper).catch(() => {}); // the others do without it
    try {
      return await share.answers;
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.calls.delete(call);
      for (const [number, attempt] of this.attempts) {
        if (attempt.call !== call) continue;
        this.attempts.delete(number); // no event comes after the result
        attempt.remote.cancel(number).catch(() => {});
      }
    }
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    for (const { share } of this.calls) share.fail(disposedError());
    await Promise.all(this.replicas.map((replica) => replica.close()));
  }

  private get isShared(): boolean {
    return this.workers > 1 && this.info.device === 'wasm';
  }

  /** How many texts a replica takes at once. Who is alone with a call, as a GPU is, joins texts of all of it into full batches. */
  private portionOf(replica: Replica, { whole }: Call): number {
    if (whole || !this.isShared) return Infinity;
    const { gpu } = this.info;
    return replica === this.replicas[0] && gpu && !gpu.unused ? GPU_CHUNK : CHUNK;
  }

  /** With device 'auto': now, or once it was looked at, which may be between two chunks. */
  private get mayUseGpu(): boolean {
    const { gpu } = this.info;
    return gpu !== undefined && (!gpu.unused || gpu.unused === 'not yet');
  }

  /** The first of the replicas for a call of so many texts. Each but the first is loaded when it first serves. */
  private replicasFor(texts: number): Replica[] {
    const wanted = this.isShared ? Math.min(Math.ceil(texts / CHUNK), this.workers) : 1;
    while (this.replicas.length < wanted) {
      const request: LoadRequest = { ...this.request, device: 'wasm' };
      this.replicas.push(new Replica(hostFor('wasm', request, this.replicas.length), request, this.hear));
    }
    return this.replicas.slice(0, wanted);
  }

  /** Has a replica answer chunk after chunk until the call is over. A helper that fails or dies leaves its own to the others. */
  private async serve(call: Call, replica: Replica): Promise<void> {
    const { share } = call;
    await replica.connection(); // no chunk waits for a worker that is yet to start
    for (let chunk; (chunk = await share.take(this.portionOf(replica, call))); ) {
      let verdicts: Verdict[] | 'died';
      try {
        verdicts = await this.attempt(call, chunk, await replica.connection());
      } catch (error) {
        share.putBack(chunk);
        throw error;
      }
      if (verdicts !== 'died') {
        share.answer(chunk, verdicts);
        continue;
      }
      if (++chunk.deaths > 1) share.fail(workerError('The worker died twice while it ran this call. Try fewer or shorter texts.'));
      share.putBack(chunk);
      if (replica !== this.replicas[0]) return;
    }
  }

  /** A chunk's verdicts, once its events are here too: none comes after the result. */
  private async attempt(call: Call, chunk: Chunk, connection: Connection): Promise<Verdict[] | 'died'> {
    const number = nextNumber();
    const { remote } = connection;
    const { thresholds, mode, states, onExit } = call;
    const request = { pipeline: this.request.pipeline, call: number, texts: chunk.texts, thresholds, mode, states, stream: onExit !== undefined };
    const eventsIn = new Promise<void>((finished) => {
      this.attempts.set(number, { call, chunk, remote, finished });
      if (!request.stream) finished();
    });
    try {
      return await connection.orDeath(Promise.all([remote.classify(request), eventsIn]).then(([verdicts]) => verdicts));
    } finally {
      this.attempts.delete(number);
    }
  }

  private async revive(): Promise<void> {
    if (!this.disposed) await this.replicas[0].connection().catch(() => {});
  }

  /** What any of the workers says of a call. Other pipelines' calls are not known here. */
  private readonly hear = (event: WorkerEvent): void => {
    if (event.type !== 'exit' && event.type !== 'finished') return;
    const attempt = this.attempts.get(event.call);
    if (event.type === 'finished') attempt?.finished();
    else if (attempt) attempt.call.onExit?.({ ...event.event, index: attempt.chunk.start + event.event.index });
  };

  /** What the first worker says. */
  private readonly receive = (event: WorkerEvent): void => {
    switch (event.type) {
      case 'progress':
        if (event.pipeline === this.request.pipeline) this.options.progress_callback?.(event.event);
        return undefined;
      case 'gpu': {
        if (event.pipeline !== this.request.pipeline) return undefined;
        const { gpu, bytes } = event;
        this.info = { ...this.info, gpu, bytes };
        return this.options.onGpu?.(gpu);
      }
      case 'recovered': {
        if (event.pipeline !== this.request.pipeline) return undefined;
        const { device, deviceDescription, reason } = event;
        this.info = { ...this.info, device, deviceDescription };
        return this.options.onRecovered?.({ device, deviceDescription, reason });
      }
      default:
        return this.hear(event);
    }
  };
}

function disposedError(): Error {
  const what = 'The pipeline was disposed. Make a new one with pipeline().';
  return Object.assign(new Error(what), { name: 'DisposedError' });
}
