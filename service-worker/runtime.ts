/** ONNX Runtime's wasm: large, of two builds a browser uses one, and only where it uses a GPU, so it is kept when it is first used or asked for. */

import type { Answer } from './messages.js';

const CACHE = 'fastbert-web-runtime-1';

export class RuntimeFiles {
  /** @param urls of this version's; their names change with their content */
  constructor(private readonly urls: readonly string[]) {}

  has(url: string): boolean {
    return this.urls.includes(url);
  }

  async answer(request: Request): Promise<Response> {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request.url);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone()).catch(() => {}); // without room it is fetched again
    return response;
  }

  async about(file: string, keep: boolean): Promise<Answer> {
    try {
      const url = this.urls.find((one) => one.includes(`/${file}-`))!;
      const cache = await caches.open(CACHE);
      if (keep && !(await cache.match(url))) await cache.add(url);
      const kept = await cache.match(url);
      if (kept) return { bytes: (await kept.blob()).size, missing: 0 };
      const { headers } = await fetch(url, { method: 'HEAD' });
      const bytes = Number(headers.get('Content-Length'));
      return { bytes, missing: bytes };
    } catch (error) {
      const { name, message } = error as Error;
      return { error: message, isFull: name === 'QuotaExceededError' };
    }
  }

  async deleteOld(): Promise<void> {
    const cache = await caches.open(CACHE);
    for (const { url } of await cache.keys()) if (!this.has(url)) await cache.delete(url);
  }
}
