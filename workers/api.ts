/** What the main thread can ask for: loads a model, runs calls, and outlives a lost GPU. */

import type { ClassifierApi, Device, ModelInfo, Verdict, WorkerEvent } from '../src/contract.js';
import { Call } from './call.js';
import { openFastest } from './choose-device.js';
import { classify } from './classify.js';
import { Model } from './model.js';
import { Package } from './package.js';
import { DeviceError, findAdapter } from './runtime.js';
import { Shards } from './shards.js';

/** A model that is loaded, and what is needed to load it again on another device. */
interface Loaded {
  model: Model;
  /** Devices that may be tried when the one in use is lost, in order. */
  fallbacks: Device[];
  wasmPaths: string | undefined;
  send: (event: WorkerEvent) => void;
}

/** Milliseconds from when a model is ready until its deeper layers load: the first text comes first. */
const PATIENCE = 500;

let loaded: Loaded | undefined;
let recovery: Promise<void> | undefined;
const calls = new Map<number, Call>();

export const api = {
  async load(request, port): Promise<ModelInfo> {
    const { wasmPaths } = request;
    const send = (event: WorkerEvent): void => port.postMessage(event);
    await holdLock(request.alive);
    send({ type: 'alive' });
    const shards = new Shards(request.model, (event) => send({ type: 'progress', event }));
    const adapter = request.device === 'wasm' ? undefined : await adapterFor(request.device);
    const devices: Device[] =
      request.device !== 'auto' ? [request.device] : adapter ? ['webgpu', 'wasm'] : ['wasm'];
    const pkg = await Package.open(shards, devices);
    const { model, measured } =
      adapter && request.device === 'auto'
        ? await openFastest(pkg, adapter, wasmPaths)
        : { model: await Model.open(pkg, devices[0]!, wasmPaths), measured: undefined };
    await model.warmUp();
    loaded = { model, fallbacks: devices, wasmPaths, send };
    setTimeout(() => void model.prepareRest(), PATIENCE);
    const { manifest } = pkg;
    return {
      name: manifest.name,
      device: model.runtime.device,
      deviceDescription: model.runtime.description,
      measured,
      labels: manifest.labels,
      layers: manifest.architecture.num_hidden_layers,
      maxTokens: manifest.max_tokens,
      bytes: shards.bytes,
      calibration: pkg.calibration,
    };
  },

  async classify(request): Promise<Verdict[]> {
    if (!loaded) throw new DeviceError('No model is loaded.');
    const { send } = loaded;
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
    const call = calls.get(id);
    if (call) call.cancelled = true;
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

/** Runs a call, and again from its start, on a new device, if the GPU was lost under it. */
async function withRecovery(call: Call): Promise<Verdict[]> {
  const { model } = loaded!;
  try {
    return await classify(model, call);
  } catch (error) {
    if (call.cancelled) throw error;
    await lossSettled(model);
    if (model.runtime.lost === undefined) throw error;
    recovery ??= recover(model).finally(() => (recovery = undefined));
    await recovery;
    return withRecovery(call);
  }
}

/** A run may fail a moment before `device.lost` says why. */
async function lossSettled({ runtime }: Model): Promise<void> {
  if (runtime.gpu) await Promise.race([runtime.gpu.lost, new Promise((done) => setTimeout(done, 100))]);
}

async function recover(old: Model): Promise<void> {
  if (!loaded || loaded.model !== old) return;
  const { fallbacks, wasmPaths, send } = loaded;
  const reason = old.runtime.lost!;
  await old.runtime.close();
  let failure: unknown;
  for (const device of fallbacks) {
    try {
      const model = await Model.open(old.pkg, device, wasmPaths);
      loaded.model = await model.warmUp();
      void model.prepareRest();
      const { description } = loaded.model.runtime;
      send({ type: 'recovered', device, deviceDescription: description, reason });
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw new DeviceError(
    `The GPU was lost (${reason}) and could not be had again (${(failure as Error).message}). Load the model again, with device 'wasm' if it keeps happening.`,
  );
}
