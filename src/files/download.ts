/** One file over the network: gone on with where it broke off, and given up only when waiting does not help. */

export class DownloadError extends Error {
  override name = 'DownloadError';
}

/** Milliseconds without a byte after which a connection counts as dead. */
const STALL = 30_000;
/** Milliseconds of wait before each further try; the last one again and again where there is no end. */
const PAUSES = [300, 1000, 3000, 10_000];

export interface DownloadOptions {
  cache?: RequestCache;
  signal: AbortSignal;
  /** How often to try: a network that is gone may come back. */
  tries: number;
  /** Told the bytes that are there. */
  onProgress?: (loaded: number) => void;
  /** Told when a try has failed and another will follow. */
  onWaiting?: (why: string) => void;
}

/** @throws DownloadError, or the signal's reason */
export async function download(url: string, options: DownloadOptions): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(url, chunks, options);
      return joined(chunks);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof Interrupted)) throw error;
      const what = chunks.length > 0 ? 'broke off' : 'could not be fetched';
      if (attempt >= options.tries) {
        throw new DownloadError(`${url} ${what} (${error.message}). Check the connection and try again.`);
      }
      options.onWaiting?.(error.message);
      await pause(PAUSES[Math.min(attempt, PAUSES.length) - 1]!, options.signal);
    }
  }
}

/** (A Blob would do it too, by way of the browser's process and back: ten megabytes took it as long as the encoder takes.) */
function joined(chunks: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}

/** What may be over the next time. */
class Interrupted extends Error {}

/** Adds what is missing to the chunks that are there. */
async function fetchRest(url: string, chunks: Uint8Array<ArrayBuffer>[], options: DownloadOptions): Promise<void> {
  let loaded = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(new Error(`nothing came for ${STALL / 1000} seconds`)), STALL);
  };
  alive();
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([options.signal, stalled.signal]),
      ...(loaded > 0 ? { headers: { Range: `bytes=${loaded}-` }, cache: 'no-store' } : { cache: options.cache ?? 'default' }),
    });
    check(url, response);
    if (!(response.status === 206 && response.headers.get('Content-Range')?.startsWith(`bytes ${loaded}-`))) {
      chunks.length = loaded = 0; // this server starts anew
    }
    for (const reader = response.body!.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      alive();
      chunks.push(value);
      loaded += value.byteLength;
      options.onProgress?.(loaded);
    }
  } catch (error) {
    if (error instanceof DownloadError || error instanceof Interrupted) throw error;
    throw new Interrupted((error as Error).message);
  } finally {
    clearTimeout(timer);
  }
}

function check(url: string, { ok, status, statusText }: Response): void {
  if (ok) return;
  const answer = `${status}${statusText && ` ${statusText}`}`;
  // 416: what is there is not a part of what the server has now.
  if (status >= 500 || [408, 416, 429].includes(status)) throw new Interrupted(`the server answered ${answer}`);
  throw new DownloadError(`${url} answered ${answer}. Check that all files were uploaded, a package's shards beside it.`);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
