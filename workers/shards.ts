/**
 * Fetches the files of a package, counts their bytes, and checks each against its SHA-256 before
 * it is used. A file that is not the one named is fetched once more, past all caches.
 */

import type { ProgressEvent } from '../src/contract.js';
import type { Part } from '../src/core/manifest.js';

export class DownloadError extends Error {
  override name = 'DownloadError';
}

export class IntegrityError extends Error {
  override name = 'IntegrityError';
}

async function sha256(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Shards {
  private loaded = 0;
  private total = 0;

  /** model: absolute URL of the package's folder, ending in a slash. */
  constructor(
    private readonly model: string,
    private readonly report: (event: ProgressEvent) => void,
  ) {
    if (!globalThis.crypto?.subtle) {
      throw new DownloadError(
        'Model files cannot be checked on an insecure page. Serve it over https, or from localhost.',
      );
    }
  }

  /** Bytes fetched so far, of checked files. */
  get bytes(): number {
    return this.loaded;
  }

  /** Parsed manifest.json, as yet unchecked. */
  async manifest(): Promise<unknown> {
    const data = await this.download('manifest.json', undefined, 'no-cache');
    return this.parse('manifest.json', data);
  }

  /** Files side by side, in the order given. The progress total counts all of them at once. */
  async files(parts: readonly Part[]): Promise<ArrayBuffer[]> {
    for (const part of parts) this.total += part.bytes;
    return Promise.all(parts.map((part) => this.file(part)));
  }

  async json(part: Part): Promise<object> {
    const [data] = await this.files([part]);
    return this.parse(part.file, data!) as object;
  }

  private async file(part: Part): Promise<ArrayBuffer> {
    const before = this.loaded;
    let data = await this.download(part.file, part, 'default');
    if (data.byteLength !== part.bytes || (await sha256(data)) !== part.sha256) {
      this.loaded = Math.min(this.loaded, before);
      data = await this.download(part.file, part, 'reload');
      if (data.byteLength !== part.bytes || (await sha256(data)) !== part.sha256) {
        throw new IntegrityError(
          `${part.file} is not the file that manifest.json names: ` +
            (data.byteLength === part.bytes
              ? 'its content differs'
              : `it has ${data.byteLength} bytes instead of ${part.bytes}`) +
            '. It was fetched twice. Upload the package again, or try again later.',
        );
      }
    }
    this.report({ status: 'done', name: this.model, file: part.file });
    return data;
  }

  private async download(
    file: string,
    part: Part | undefined,
    cache: RequestCache,
  ): Promise<ArrayBuffer> {
    const url = new URL(file, this.model).href;
    const name = this.model;
    this.report({ status: 'initiate', name, file });
    let response: Response;
    try {
      response = await fetch(url, { cache });
    } catch (cause) {
      throw new DownloadError(
        `${url} could not be fetched (${(cause as Error).message}). Check the connection and try again.`,
      );
    }
    if (!response.ok) {
      throw new DownloadError(
        `${url} answered ${response.status}${response.statusText && ` ${response.statusText}`}. ` +
          'Check that the package was uploaded whole, shards beside it.',
      );
    }
    this.report({ status: 'download', name, file });
    try {
      return part ? await this.counted(response, part) : await response.arrayBuffer();
    } catch (cause) {
      throw new DownloadError(
        `${url} broke off (${(cause as Error).message}). Check the connection and try again.`,
      );
    }
  }

  private async counted(response: Response, part: Part): Promise<ArrayBuffer> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const name = this.model;
    let loaded = 0;
    for (const reader = response.body!.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      loaded += value.byteLength;
      this.loaded += value.byteLength;
      const share = (part_: number, whole: number): number => Math.min(100, (100 * part_) / whole);
      this.report({
        status: 'progress',
        name,
        file: part.file,
        progress: share(loaded, part.bytes),
        loaded,
        total: part.bytes,
      });
      this.report({
        status: 'progress_total',
        name,
        progress: share(this.loaded, this.total),
        loaded: this.loaded,
        total: this.total,
      });
    }
    return new Blob(chunks).arrayBuffer();
  }

  private parse(file: string, data: ArrayBuffer): unknown {
    const text = new TextDecoder().decode(data);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      const what = text.trimStart().startsWith('<') ? 'a web page' : 'something that is not JSON';
      throw new DownloadError(
        `${new URL(file, this.model).href} is ${what}. Check the address of the package.`,
      );
    }
  }
}
