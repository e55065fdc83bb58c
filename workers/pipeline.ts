/** One pipeline's model, which runs its calls; with device 'auto' two. And what follows when the GPU is lost. */

import { isMetered, type Connection } from '../src/core/connection.js';
import type { GpuLook, LoadRequest, ModelInfo, Verdict, WorkerEvent } from '../src/contract.js';
import { Shards } from '../src/files/shards.js';
import { Auto } from './auto.js';
import type { Call } from './call.js';
import { classify } from './classify.js';
import { DeviceError } from './device-error.js';
import type { Idle } from './idle.js';
import type { Model } from './model.js';
import { openModel, prepareDevice } from './open-model.js';
import { Package } from './package.js';
import type { Tokenized } from './tokenize.js';

/** Milliseconds from when a model is ready until its deeper layers load: the first text comes first. */
const PATIENCE = 500;

/** Milliseconds for which a first answer is waited for before files are written: on a disk that takes as long. */
const CALM = 1000;

export class Pipeline {
  /** While the model is being loaded again. */
  private recovery: Promise<void> | undefined;

  private constructor(
    private readonly request: LoadRequest,
    private readonly send: (event: WorkerEvent) => void,
    private model: Model,
    private readonly auto: Auto | undefined,
    private readonly answered: () => void,
    readonly info: ModelInfo,
  ) {}

  static async open(request: LoadRequest, idle: Idle, send: (event: WorkerEvent) => void): Promise<Pipeline> {
    const { pipeline, prefetch } = request;
    const device = request.device === 'webgpu' ? 'webgpu' : 'wasm';
    let answered!: () => void;
    const calm = new Promise<void>((resolve) => (answered = resolve));
    setTimeout(answered, CALM);
    const shards = new Shards(request.model, (event) => send({ type: 'progress', pipeline, event }), calm, request.taught);
    const model = await closingOnFailure(shards, async () => {
      await prepareDevice(device, request, (file, url, bytes) => shards.other(file, url, bytes));
      const pkg = await Package.open(shards);
      if (prefetch === 'all') await pkg.whole();
      return warm(await openModel(pkg, device, request));
    });
    const { bytes } = shards;
    const isFree = !isMetered((navigator as { connection?: Connection }).connection);
    const onLook = (gpu: GpuLook): void => {
      send({ type: 'gpu', pipeline, gpu, bytes: bytes + shards.otherBytes });
      if (gpu.unused === 'lost') send({ type: 'recovered', pipeline, device, deviceDescription: model.description, reason: gpu.why! });
    };
    const mayLook = isFree && prefetch !== 'none';
    const auto = request.device === 'auto' && !model.pkg.manifest.architecture.exit_kind ? new Auto(model, request, () => idle.wait(), onLook, mayLook) : undefined;
    const { manifest, calibration } = model.pkg;
    const opened = new Pipeline(request, send, model, auto, answered, {
      name: manifest.name,
      device,
      deviceDescription: model.description,
      gpu: auto?.look,
      labels: manifest.labels,
      problemType: manifest.problem_type,
      gold: manifest.gold ?? 'labels',
      uncertaintyClasses: manifest.uncertainty_classes,
      textPair: manifest.text_pair ?? false,
      layers: manifest.architecture.num_hidden_layers,
      maxTokens: manifest.max_tokens,
      windows: manifest.windows ?? 1,
      bytes,
      calibration,
    });
    if (prefetch === 'all' || mayLook) setTimeout(() => void opened.prepareRest(mayLook), PATIENCE);
    return opened;
  }

  async classify(call: Call): Promise<Verdict[]> {
    const texts: Tokenized[] = [];
    for (const [index, text] of call.request.texts.entries()) {
      await call.checkpoint();
      texts.push(this.model.pkg.tokenizer.tokenize(text, index));
    }
    try {
      return await this.run(call, texts);
    } finally {
      this.answered();
    }
  }

  async close(): Promise<void> {
    this.model.pkg.close();
    await this.auto?.close();
    await this.model.close();
  }

  /** The deeper layers first, then, with device 'auto', the GPU. */
  private async prepareRest(mayLook: boolean): Promise<void> {
    await this.model.prepareRest();
    if (mayLook) await this.auto?.lookAtGpu();
  }

  /** Runs a call, and again from its start if the GPU failed under it: with device 'auto' on WASM, else on a new GPU if it was lost. */
  private async run(call: Call, texts: readonly Tokenized[]): Promise<Verdict[]> {
    const model = this.auto?.modelFor(texts) ?? this.model;
    try {
      return await classify(model, call, texts);
    } catch (error) {
      if (call.cancelled || model.device === 'wasm') throw error;
      // A run may fail a moment before the loss is told.
      await Promise.race([model.whenLost(), new Promise((done) => setTimeout(done, 100))]);
      if (this.auto) {
        this.auto.giveUp(model, (error as Error).message);
        return this.run(call, texts);
      }
      if (model.lost === undefined) throw error;
      if (this.model === model) {
        this.recovery ??= this.recover(model.lost).finally(() => (this.recovery = undefined));
        await this.recovery;
      }
      return this.run(call, texts);
    }
  }

  private async recover(reason: string): Promise<void> {
    const { model: old, request } = this;
    await old.close();
    try {
      this.model = await warm(await openModel(old.pkg, old.device, request));
    } catch (error) {
      throw new DeviceError(
        `The GPU was lost (${reason}) and could not be had again (${(error as Error).message}). Load the model again, with device 'wasm' if it keeps happening.`,
      );
    }
    void this.model.prepareRest();
    const { device, description } = this.model;
    this.send({ type: 'recovered', pipeline: request.pipeline, device, deviceDescription: description, reason });
  }
}

function warm(model: Model): Promise<Model> {
  return closingOnFailure(model, async () => {
    await model.warmUp();
    return model;
  });
}

/** Where a task fails, what it was about is closed: nothing of it goes on, or stays on its device. */
async function closingOnFailure<T>(resource: Shards | Model, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    await resource.close();
    throw error;
  }
}
