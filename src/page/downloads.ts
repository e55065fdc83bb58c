/** Whether the page may download a model by itself, and what that takes. */

import { isMetered, type Connection } from '../core/connection.js';
import { ORT_BYTES, ortBuild } from '../core/ort-build.js';
import { STORE } from '../core/store.js';
import { modelStorage, type Device } from '../index.js';

/** Whether something of an earlier visit is kept: then the page was wanted before. */
export async function wasHere(): Promise<boolean> {
  return 'caches' in globalThis && (await caches.has(STORE));
}

/** On a slow or metered network, and on a telephone whose browser tells nothing of its network. */
export function asksFirst(): boolean {
  const { connection } = navigator as { connection?: Connection };
  if (connection?.effectiveType === undefined) return matchMedia('(pointer: coarse)').matches;
  return isMetered(connection) || connection.effectiveType !== '4g';
}

/** @returns bytes still to download until all layers of a model are here, and what its device takes; what a server compresses takes less */
export async function downloadSize(model: string, device: Device | 'auto'): Promise<number> {
  const { missing } = await modelStorage(model);
  const looksAtGpu = device === 'auto' && 'gpu' in navigator && !isMetered((navigator as { connection?: Connection }).connection);
  return missing + (device === 'webgpu' || looksAtGpu ? ORT_BYTES[ortBuild(WebAssembly)] : 0);
}
