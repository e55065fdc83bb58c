/**
 * The files of a package: from memory, the browser's cache or the network, each checked against its
 * SHA-256 before it is used. One that is not the file named is fetched once more, past all caches.
 */

import type { ProgressEvent, TaughtPackage } from '../contract.js';
import type { Part } from '../core/manifest.js';
import { download, DownloadError, type DownloadOptions } from './download.js';
import { ensureKept, file, keep, kept, manifestKey, sha256 } from './store.js';

export class IntegrityError extends Error {
  override name = 'IntegrityError';
}

/** What has to be there at once is tried for some seconds; what a text waits for, until it comes. */
const TRIES = 4;
/** Milliseconds after which a manifest that was kept does for one that does not come. */
const PATIENCE = 3000;

export class Shards {
  private loaded = 0;
  private total = 0;
  private others = 0;
  /** Hashes, or addresses, of the files that `loaded` and `total` have in them: one that is read again is not counted again. */
  private readonly known = new Set<string>();
  private readonly closing = new AbortController();
  /** The manifest as it came over the network. */
  private fresh: ArrayBuffer | undefined;

  /**
   * @param model absolute URL of the package's folder, ending in a slash
   * @param calm when files that came over the network may be written
   * @param taught a package that a page made, of which only the encoder's files are in the folder
   */
  constructor(
    private readonly model: string,
    private readonly report: (event: ProgressEvent) => void,
    private readonly calm?: Promise<void>,
    private readonly taught?: TaughtPackage,
  ) {
    if (!globalThis.crypto?.subtle) {
      throw new DownloadError(
        'Model files cannot be checked on an insecure page. Serve it over https, or from localhost.',
      );
    }
  }

  /** Bytes that are there so far, of checked files. */
  get bytes(): number {
    return this.loaded;
  }

  /** Bytes of files that were loaded for the package and are not its own. */
  get otherBytes(): number {
    return this.others;
  }

  /** Ends all downloads. */
  close(): void {
    this.closing.abort(new DOMException('The pipeline was disposed.', 'AbortError'));
  }

  /** Parsed manifest.json, as yet unchecked: the server's, or where there is no network the one that was kept. */
  async manifest(): Promise<unknown> {
    if (this.taught) return structuredClone(this.taught.manifest);
    const { signal } = this.closing;
    // Where one is kept, the first try is the only one, and may not take long; whether one is, is looked up meanwhile.
    const enough = new AbortController();
    const lookUp = kept(manifestKey(this.model));
    const giveUpIfKept = async (): Promise<void> => {
      if (await lookUp) enough.abort();
    };
    const patience = setTimeout(giveUpIfKept, PATIENCE);
    try {
      const options = { cache: 'no-cache', tries: TRIES, signal: AbortSignal.any([signal, enough.signal]), onWaiting: giveUpIfKept } as const;
      const data = await this.fetched('manifest.json', options);
      const manifest = this.parse('manifest.json', data);
      this.fresh = data;
      return manifest;
    } catch (error) {
      const old = await lookUp;
      if (!old || signal.aborted) throw error;
      return this.parse('manifest.json', old);
    } finally {
      clearTimeout(patience);
    }
  }

  /** For when there is no network. To be called once parts of the package are kept. */
  async keepManifest(): Promise<void> {
    if (this.fresh) await keep(manifestKey(this.model), this.fresh);
  }

  /**
   * Files side by side, in the order given. The progress total counts all of them at once.
   *
   * @param tries how often, if not some times
   */
  files(parts: readonly Part[], tries = TRIES): Promise<ArrayBuffer[]> {
    return Promise.all(parts.map((part) => this.file(part, tries)));
  }

  /** Sees to it that a file is kept, beyond what is in memory. */
  async keep(part: Part): Promise<void> {
    await ensureKept(part.sha256, await this.file(part, TRIES), this.closing.signal);
  }

  async json(part: Part): Promise<object> {
    const [data] = await this.files([part]);
    return this.parse(part.file, data!) as object;
  }

  /**
   * A file that is not the package's, but is loaded for it: counted along with the package's, unchecked, not kept.
   *
   * @param url once it is known; it is counted from now on
   * @param bytes that it should have
   */
  async other(name: string, url: Promise<string>, bytes: number): Promise<ArrayBuffer> {
    const { signal } = this.closing;
    const data = await this.counted(name, { file: name, bytes }, async (onProgress) => this.fetched(await url, { tries: TRIES, signal, onProgress }));
    this.others += bytes;
    return data;
  }

  private file(part: Part, tries: number): Promise<ArrayBuffer> {
    const { signal } = this.closing;
    const { sha256: hash } = part;
    const made = this.taught?.files[hash];
    if (made) return Promise.resolve(made);
    return this.counted(hash, part, (onProgress) => file(hash, () => this.checked(part, { tries, signal, onProgress }), signal, this.calm));
  }

  private async counted(
    key: string,
    what: Pick<Part, 'file' | 'bytes'>,
    get: (onProgress: (loaded: number) => void) => Promise<ArrayBuffer>,
  ): Promise<ArrayBuffer> {
    const isNew = !this.known.has(key);
    let counted = 0;
    const onProgress = (loaded: number): void => {
      if (isNew) this.loaded += loaded - counted;
      counted = loaded;
      this.progress(what, loaded);
    };
    if (isNew) {
      this.known.add(key);
      this.total += what.bytes;
    }
    try {
      const data = await get(onProgress);
      onProgress(what.bytes);
      this.report({ status: 'done', name: this.model, file: what.file });
      return data;
    } catch (error) {
      if (isNew) {
        this.known.delete(key);
        this.total -= what.bytes;
        this.loaded -= counted;
      }
      throw error;
    }
  }

  private async checked(part: Part, options: DownloadOptions): Promise<ArrayBuffer> {
    const first = await this.fetched(part.file, options);
    if (await isPart(first, part)) return first;
    const data = await this.fetched(part.file, { ...options, cache: 'reload' });
    if (await isPart(data, part)) return data;
    throw new IntegrityError(
      `${part.file} is not the file that manifest.json names: ` +
        (data.byteLength === part.bytes
          ? 'its content differs'
          : `it has ${data.byteLength} bytes instead of ${part.bytes}`) +
        '. It was fetched twice. Upload the package again, or try again later.',
    );
  }

  private fetched(name: string, options: DownloadOptions): Promise<ArrayBuffer> {
    const about = { name: this.model, file: name };
    this.report({ status: 'initiate', ...about });
    this.report({ status: 'download', ...about });
    const onWaiting = (why: string): void => {
      options.onWaiting?.(why);
      this.report({ status: 'waiting', ...about, why });
    };
    return download(new URL(name, this.model).href, { ...options, onWaiting });
  }

  private progress({ file: name, bytes }: Pick<Part, 'file' | 'bytes'>, loaded: number): void {
    const share = (part: number, whole: number): number => Math.min(100, (100 * part) / whole);
    this.report({
      status: 'progress',
      name: this.model,
      file: name,
      progress: share(loaded, bytes),
      loaded,
      total: bytes,
    });
    this.report({
      status: 'progress_total',
      name: this.model,
      progress: share(this.loaded, this.total),
      loaded: this.loaded,
      total: this.total,
    });
  }

  private parse(name: string, data: ArrayBuffer): unknown {
    const text = new TextDecoder().decode(data);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      const what = text.trimStart().startsWith('<') ? 'a web page' : 'something that is not JSON';
      throw new DownloadError(
        `${new URL(name, this.model).href} is ${what}. Check the address of the package.`,
      );
    }
  }
}

async function isPart(data: ArrayBuffer, { bytes, sha256: hash }: Part): Promise<boolean> {
  return data.byteLength === bytes && (await sha256(data)) === hash;
}
