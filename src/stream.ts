/** Texts that come one after another, classified as they come and no faster than their verdicts are taken. */

import type { TextOrPair, Verdict } from './contract.js';
import type { StreamOptions } from './options.js';
import { CHUNK } from './share.js';

/** Texts that wait at most while others run: as many as four workers take at once. */
const WINDOW = 4 * CHUNK;

type Classify = (texts: TextOrPair[], options: StreamOptions) => Promise<Verdict[]>;
type Source = AsyncIterator<TextOrPair> | Iterator<TextOrPair>;

/**
 * Verdicts in the order of the texts. What has come while a call ran goes into the next one together, so a
 * slow source is answered at once and a fast one in batches. Where the source fails, so does this, once all
 * texts before are answered.
 */
export async function* stream(
  classify: Classify,
  texts: AsyncIterable<TextOrPair> | Iterable<TextOrPair>,
  { signal, ...rest }: StreamOptions,
): AsyncGenerator<Verdict, void, undefined> {
  const ending = new AbortController();
  const options = { ...rest, signal: signal ? AbortSignal.any([signal, ending.signal]) : ending.signal };
  const source: Source = Symbol.asyncIterator in texts ? texts[Symbol.asyncIterator]() : texts[Symbol.iterator]();
  const news: News[] = [];
  // (Racing promises that outlive each other would keep something of every text as long as the source lives.)
  let wake = (): void => {};
  const tell = (one: News): void => {
    news.push(one);
    wake();
  };
  options.signal.addEventListener('abort', () => wake());
  const waiting: TextOrPair[] = [];
  let [isAsked, isRunning, hasEnded] = [false, false, false];
  let failure: { error: unknown } | undefined;
  try {
    for (;;) {
      options.signal.throwIfAborted();
      if (!isAsked && !hasEnded && waiting.length < WINDOW) {
        isAsked = true;
        void nextOf(source).then(tell);
      }
      if (!isRunning && waiting.length > 0) {
        isRunning = true;
        void answersOf(classify(waiting.splice(0), options)).then(tell);
      }
      if (!isAsked && !isRunning) break;
      if (news.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const one = news.shift();
      if (!one) continue; // the signal
      if (one.of === 'call') {
        isRunning = false;
        if ('error' in one) throw one.error;
        yield* one.verdicts;
        continue;
      }
      isAsked = false;
      if ('text' in one) waiting.push(one.text);
      else {
        hasEnded = true;
        if ('error' in one) failure = one;
      }
    }
    if (failure) throw failure.error;
  } finally {
    // Whoever stops listening stops the call too, and lets the source close its file.
    ending.abort();
    if (!hasEnded) {
      const closing = Promise.resolve(source.return?.());
      // A generator that is asked closes once it has answered, which may be never.
      if (isAsked) closing.catch(() => {});
      else await closing;
    }
  }
}

type News =
  | { of: 'source'; text: TextOrPair }
  | { of: 'source'; ended: true }
  | { of: 'source'; error: unknown }
  | { of: 'call'; verdicts: Verdict[] }
  | { of: 'call'; error: unknown };

async function nextOf(source: Source): Promise<News> {
  try {
    const { done, value } = await source.next();
    return done ? { of: 'source', ended: true } : { of: 'source', text: value as TextOrPair };
  } catch (error) {
    return { of: 'source', error };
  }
}

async function answersOf(call: Promise<Verdict[]>): Promise<News> {
  try {
    return { of: 'call', verdicts: await call };
  } catch (error) {
    return { of: 'call', error };
  }
}
