/** The page's part of working without a network: its service worker, and room on the disk. */

import type { Answer, Ask } from '../../service-worker/messages.js';
import { ORT_FILES, ortBuild } from '../core/ort-build.js';
import type { Device, ModelStorage } from '../index.js';
import { megabytes } from './wording.js';
import { words } from './words/index.js';

/** Starts the service worker; tells when the next version of the page waits, with what takes it in. */
export async function startServiceWorker(onUpdate: (takeIn: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register('service-worker.js');
  const look = (worker: ServiceWorker | null): void => {
    // The first version of all replaces nothing.
    if (worker?.state !== 'installed' || !serviceWorker.controller) return;
    onUpdate(() => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      worker.postMessage({ type: 'take-over' } satisfies Ask, []);
    });
  };
  look(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => look(installing));
  });
}

/** ONNX Runtime's wasm where the device takes it, which the service worker keeps. */
export async function runtimeStorage(device: Device, keep: boolean): Promise<ModelStorage> {
  if (device === 'wasm') return { bytes: 0, missing: 0 };
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = await new Promise<Answer>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    const file = ORT_FILES[ortBuild(WebAssembly)];
    active!.postMessage({ type: 'runtime', file, keep } satisfies Ask, [port2]);
  });
  port1.close();
  if ('error' in answer) {
    const name = answer.isFull ? 'StorageError' : 'DownloadError';
    throw named(name, words.peek().offline.runtime(answer.error));
  }
  return answer;
}

/**
 * Asks the browser not to delete what is kept when it runs short of room.
 *
 * @param bytes that are to come
 * @throws StorageError where they would not fit
 */
export async function makeRoom(bytes: number): Promise<void> {
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
  if (quota - usage < bytes) {
    throw named('StorageError', words.peek().offline.noRoom(megabytes(bytes), megabytes(quota - usage)));
  }
  await navigator.storage.persist();
}

function named(name: string, what: string): Error {
  return Object.assign(new Error(what), { name });
}
