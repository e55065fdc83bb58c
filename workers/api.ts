/** What the main thread can ask for: loads models and runs calls. */

import { expose } from 'comlink';
import type { ClassifierApi, ModelInfo, Verdict, WorkerEvent } from '../src/contract.js';
import { allWritten } from '../src/files/store.js';
import { Call } from './call.js';
import { DeviceError } from './device-error.js';
import { Idle } from './idle.js';
import { openEncoder } from './open-encoder.js';
import { Pipeline } from './pipeline.js';

let send: (event: WorkerEvent) => void = () => {};
const pipelines = new Map<number, Pipeline>();
/** Encoders that are taught: what closes each. */
const encoders = new Map<number, () => void>();
const calls = new Map<number, Call>();
const idle = new Idle();

export const api = {
  async start(alive, port): Promise<void> {
    send = (event) => port.postMessage(event);
    await holdLock(alive);
  },

  async load(request): Promise<ModelInfo> {
    const opened = await Pipeline.open(request, idle, (event) => send(event));
    pipelines.set(request.pipeline, opened);
    return opened.info;
  },

  async teach(request, port) {
    const { info, teaching, close } = await openEncoder(request, idle, (event) => send(event));
    expose(teaching, port);
    encoders.set(request.pipeline, () => {
      close();
      port.close(); // and with it goes all that was read
    });
    return info;
  },

  async classify(request): Promise<Verdict[]> {
    const call = new Call(request, (event) => send({ type: 'exit', call: request.call, event }));
    calls.set(request.call, call);
    try {
      const pipeline = pipelines.get(request.pipeline);
      if (!pipeline) throw new DeviceError('No model is loaded.');
      return await idle.during(() => pipeline.classify(call));
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
    const loaded = pipelines.get(pipeline);
    pipelines.delete(pipeline);
    for (const call of calls.values()) if (call.request.pipeline === pipeline) call.cancel();
    await loaded?.close();
    encoders.get(pipeline)?.();
    encoders.delete(pipeline);
  },

  async end(): Promise<void> {
    for (const call of calls.values()) call.cancel();
    await allWritten();
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
