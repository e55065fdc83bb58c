/**
 * Files by the hash of their content: in memory as long as somebody holds them, and in a cache of the
 * browser that is ours alone. Content never changes under a hash, so nothing in there grows old.
 */

import { STORE, storeKey } from '../core/store.js';

const held = new Map<string, WeakRef<ArrayBuffer>>();
const coming = new Map<string, Promise<ArrayBuffer>>();
const writing = new Set<Promise<void>>();

export async function sha256(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The file of a hash. `fetched` gets it where nobody has it, checked; several who ask at once, in several
 * tabs too, have it fetched once. It is written once `calm` is there.
 */
export async function file(hash: string, fetched: () => Promise<ArrayBuffer>, signal: AbortSignal, calm?: Promise<void>): Promise<ArrayBuffer> {
  const found = held.get(hash)?.deref();
  if (found) return found;
  const others = await coming.get(hash)?.catch(() => undefined); // who began it may have given up
  if (others) return others;
  const mine = fromCacheOr(hash, fetched, signal, calm);
  coming.set(hash, mine);
  try {
    const data = await mine;
    held.set(hash, new WeakRef(data));
    return data;
  } finally {
    if (coming.get(hash) === mine) coming.delete(hash);
  }
}

/** Whoever fetches or writes a file, in whichever tab, holds it meanwhile. */
function lockOf(hash: string): string {
  return `${STORE} ${hash}`;
}

function fromCacheOr(hash: string, fetched: () => Promise<ArrayBuffer>, signal: AbortSignal, calm?: Promise<void>): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lockOf(hash), { signal }, async () => {
        const found = await fromCache(hash);
        if (found) return resolve(found);
        const data = await fetched();
        resolve(data); // who waits need not wait for the disk; other tabs do
        return keep(storeKey(hash), data, calm);
      })
      .catch(reject);
  });
}

/** Resolves once all that was fetched here is written, or cannot be. */
export async function allWritten(): Promise<void> {
  await Promise.all(writing);
}

/** Checked again: disks fail, and extensions meddle. */
async function fromCache(hash: string): Promise<ArrayBuffer | undefined> {
  try {
    const cache = await caches.open(STORE);
    const data = await (await cache.match(storeKey(hash)))?.arrayBuffer();
    if (!data || (await sha256(data)) === hash) return data;
    await cache.delete(storeKey(hash));
  } catch {
    // Private windows have no cache, or one that fails.
  }
  return undefined;
}

/** Written once `calm` is there. Best effort: full disks and private windows only mean that it is fetched again. */
export function keep(key: string, data: ArrayBuffer, calm = Promise.resolve()): Promise<void> {
  const write = calm.then(async () => (await caches.open(STORE)).put(key, new Response(data))).catch(() => {});
  writing.add(write);
  return write.finally(() => writing.delete(write));
}

/**
 * Sees to it that a file is in the cache. Who fetched it may be writing it still: the lock waits for that,
 * so nothing is written twice, and what failed there fails here again, aloud.
 *
 * @throws QuotaExceededError where there is no room
 */
export async function ensureKept(hash: string, data: ArrayBuffer, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(lockOf(hash), { signal }, async () => {
    const cache = await caches.open(STORE);
    if (!(await cache.match(storeKey(hash)))) await cache.put(storeKey(hash), new Response(data));
  });
}

/** The key of a manifest is its address, since its content may change. */
export function manifestKey(folder: string): string {
  return new URL('manifest.json', folder).href;
}

/** All keys. */
export async function keys(): Promise<Set<string>> {
  const requests = await (await caches.open(STORE)).keys();
  return new Set(requests.map(({ url }) => url));
}

export async function forget(key: string): Promise<void> {
  await (await caches.open(STORE)).delete(key);
}

/** What was kept under a key that is no hash; undefined where there is none. */
export async function kept(key: string): Promise<ArrayBuffer | undefined> {
  try {
    return await (await (await caches.open(STORE)).match(key))?.arrayBuffer();
  } catch {
    return undefined;
  }
}
