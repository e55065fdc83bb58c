/**
 * Models without a network: what of a package this browser keeps, and keeping or deleting all of it. (The
 * page itself, and ONNX Runtime's wasm, are for the app's own service worker to keep.)
 */

import { parseManifest, partsOf, type Manifest, type Part } from './core/manifest.js';
import { storeKey } from './core/store.js';
import { Shards } from './files/shards.js';
import { forget, keys, kept, manifestKey } from './files/store.js';
import type { ProgressEvent } from './contract.js';
import { folderOf } from './input.js';

/** Bytes of a package. With none missing it loads without a network. */
export interface ModelStorage {
  bytes: number;
  /** Not kept yet; what another package brought along counts as kept. */
  missing: number;
}

export interface KeepOptions {
  progress_callback?: (event: ProgressEvent) => void;
  signal?: AbortSignal;
}

/**
 * @param model URL of the package's folder
 * @throws DownloadError where its manifest is neither to be had nor kept
 */
export async function modelStorage(model: string): Promise<ModelStorage> {
  const { manifest } = await read(model, () => {});
  return storageOf(manifest);
}

/**
 * Downloads what is missing of a package and keeps it.
 *
 * @throws DownloadError, IntegrityError; StorageError where there is no room, or nothing may be kept
 */
export async function keepModel(model: string, { progress_callback, signal }: KeepOptions = {}): Promise<void> {
  signal?.throwIfAborted();
  const { manifest, shards } = await read(model, (event) => progress_callback?.(event));
  const stop = (): void => shards.close();
  signal?.addEventListener('abort', stop);
  try {
    const missing = missingOf(manifest, await keys());
    await Promise.all(missing.map((part) => shards.keep(part)));
    await shards.keepManifest();
  } catch (error) {
    signal?.throwIfAborted();
    throw noRoom(error) ? storageError(error as Error) : error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Deletes what is kept of a package, but for what others that are kept share with it. */
export async function deleteModel(model: string): Promise<void> {
  const address = manifestKey(folderOf(model));
  const mine = await keptManifest(address);
  if (!mine) return;
  await forget(address);
  const others = [...(await keys())].filter((key) => key.endsWith('manifest.json'));
  const shared = new Set<string>();
  for (const other of others) {
    const manifest = await keptManifest(other);
    if (manifest) for (const { sha256 } of partsOf(manifest)) shared.add(sha256);
  }
  for (const { sha256 } of partsOf(mine)) if (!shared.has(sha256)) await forget(storeKey(sha256));
}

async function read(model: string, report: (event: ProgressEvent) => void): Promise<{ manifest: Manifest; shards: Shards }> {
  const shards = new Shards(folderOf(model), report);
  return { manifest: parse(await shards.manifest()), shards };
}

async function storageOf(manifest: Manifest): Promise<ModelStorage> {
  const found = await keys().catch(() => new Set<string>());
  const sum = (parts: Part[]): number => parts.reduce((bytes, part) => bytes + part.bytes, 0);
  return { bytes: sum(partsOf(manifest)), missing: sum(missingOf(manifest, found)) };
}

function missingOf(manifest: Manifest, found: Set<string>): Part[] {
  return partsOf(manifest).filter(({ sha256 }) => !found.has(storeKey(sha256)));
}

/** Undefined where there is none, or one of a format of before, which no pipeline could use. */
async function keptManifest(address: string): Promise<Manifest | undefined> {
  const data = await kept(address);
  try {
    return data && parse(JSON.parse(new TextDecoder().decode(data)));
  } catch {
    return undefined;
  }
}

/** Of either kind. */
function parse(json: unknown): Manifest {
  return parseManifest(json, (json as Manifest | null)?.kind && 'backbone');
}

function noRoom(error: unknown): boolean {
  return ['QuotaExceededError', 'SecurityError', 'NotAllowedError'].includes((error as Error).name);
}

function storageError({ message }: Error): Error {
  const what = `The browser has no room for the model, or may not keep it here (${message}). Free some space, or leave the private window.`;
  return Object.assign(new Error(what), { name: 'StorageError' });
}
