/** What the main thread can ask for: loads a model, runs calls, and outlives a lost GPU. */

import { isMetered, type Connection } from '../src/core/connection.js';
import type { ClassifierApi, Device, ModelInfo, RuntimeOptions, Verdict, WorkerEvent } from '../src/contract.js';
import { Call } from './call.js';
import { openFastest } from './choose-device.js';
import { classify } from './classify.js';
import { Model } from './model.js';
import { Package } from './package.js';
import { DeviceError, findAdapter } from './gpu.js';
import { Shards } from '../src/files/shards.js';

/** A model that is loaded, and what is needed to load it again on another device. */
interface Loaded {
  model: Model;
  /** Devices that may be tried when the one in use is lost, in order. */
  fallbacks: Device[];
  options: RuntimeOptions;
  /** While it is being loaded again. */
  recovery?: Promise<void> | undefined;
}

/** Milliseconds from when a model is ready until its deeper layers load: the first text comes first. */
const PATIENCE = 500;

let send: (event: WorkerEvent) => void = () => {};
/** By pipeline. */
const models = new Map<number, Loaded>();
const calls = new Map<number, Call>();

export const api = {
  async start(alive, port): Promise<void> {
    send = (event) => port.postMessage(event);
    await holdLock(alive);
  },

  async load({ pipeline, model: folder, device, wasmPaths, prefetch }): Promise<ModelInfo> {
    const options = { wasmPaths };
    const adapter = device === 'wasm' ? undefined : await adapterFor(device);
    const devices: Device[] = device !== 'auto' ? [device] : adapter ? ['webgpu', 'wasm'] : ['wasm'];
    const shards = new Shards(folder, (event) => send({ type: 'progress', pipeline, event }));
    const { pkg, model, measured } = await closingOnFailure(shards, async () => {
      const opened = await Package.open(shards, devices);
      if (prefetch === 'all') await opened.whole();
      const chosen =
        adapter && device === 'auto'
          ? await openFastest(opened, adapter, options)
          : { model: await Model.open(opened, devices[0]!, options), measured: undefined };
      await closingOnFailure(chosen.model, () => chosen.model.warmUp());
      return { pkg: opened, ...chosen };
    });
    models.set(pipeline, { model, fallbacks: devices, options });
    if (prefetch === 'all' || (prefetch === 'idle' && !isMetered((navigator as { connection?: Connection }).connection))) setTimeout(() => void model.prepareRest(), PATIENCE);
    const { manifest } = pkg;
    return {
      name: manifest.name,
      device: model.runtime.device,
      deviceDescription: model.runtime.description,
      measured,
      labels: manifest.labels,
      problemType: manifest.problem_type,
      layers: manifest.architecture.num_hidden_layers,
      maxTokens: manifest.max_tokens,
      bytes: shards.bytes,
      calibration: pkg.calibration,
    };
  },

  async classify(request): Promise<Verdict[]> {
    const call = new Call(request, (event) => send({ type: 'exit', call: request.call, event }));
    calls.set(request.call, call);
    try {
      return await withRecovery(call);
    } finally {
      if (request.stream) send({ type: 'finished', call: request.call });
      calls.delete(request.call);
    }
  },

  setThresholds(id, thresholds): void {
    const call = calls.get(id);
    if (call) call.thresholds = thresholds;
  },

  cancel(id): void {
    calls.get(id)?.cancel();
  },

  async dispose(pipeline): Promise<void> {
    const loaded = models.get(pipeline);
    models.delete(pipeline);
    for (const call of calls.values()) if (call.request.pipeline === pipeline) call.cancel();
    loaded?.model.pkg.close();
    await loaded?.model.close();
  },
} satisfies ClassifierApi;

/** Held until this worker ends, however it ends: that is how the main thread learns of it. */
function holdLock(name: string): Promise<void> {
  return new Promise((held) => {
    void navigator.locks.request(name, () => {
      held();
      return new Promise(() => {});
    });
  });
}

/** The GPU; with device 'auto' a missing one is no error. */
async function adapterFor(device: 'webgpu' | 'auto'): Promise<GPUAdapter | undefined> {
  try {
    return await findAdapter();
  } catch (error) {
    if (device === 'auto') return undefined;
    throw error;
  }
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

/** Runs a call, and again from its start, on a new device, if the GPU was lost under it. */
async function withRecovery(call: Call): Promise<Verdict[]> {
  const { pipeline } = call.request;
  const loaded = models.get(pipeline);
  if (!loaded) throw new DeviceError('No model is loaded.');
  const { model } = loaded;
  try {
    return await classify(model, call);
  } catch (error) {
    if (call.cancelled) throw error;
    // A run may fail a moment before the loss is told.
    await Promise.race([model.runtime.whenLost(), new Promise((done) => setTimeout(done, 100))]);
    if (model.runtime.lost === undefined) throw error;
    if (loaded.model === model) {
      loaded.recovery ??= recover(pipeline, loaded).finally(() => (loaded.recovery = undefined));
      await loaded.recovery;
    }
    return withRecovery(call);
  }
}

async function recover(pipeline: number, loaded: Loaded): Promise<void> {
  const { model: old, fallbacks, options } = loaded;
  const reason = old.runtime.lost!;
  await old.close();
  let failure: unknown;
  for (const device of fallbacks) {
    try {
      const model = await Model.open(old.pkg, device, options);
      await closingOnFailure(model, () => model.warmUp());
      loaded.model = model;
      void model.prepareRest();
      send({ type: 'recovered', pipeline, device, deviceDescription: model.runtime.description, reason });
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw new DeviceError(
    `The GPU was lost (${reason}) and could not be had again (${(failure as Error).message}). Load the model again, with device 'wasm' if it keeps happening.`,
  );
}
