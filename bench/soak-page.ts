/** The half of the soak that runs in the page: users who call, and the counts of how their calls end. */

import { pipeline, type TextClassificationPipeline } from '../src/index.js';
import { seeded } from '../src/page/measure/timing.js';

export interface Counts {
  calls: number;
  answered: number;
  failedNamed: number;
  /** Neither answered rightly nor failed by name, or never heard of again. */
  lost: number;
  /** Of all calls, those that took longer than a user's patience. */
  late: number;
  /** How often each error came. */
  named: Record<string, number>;
  lostBecause: string[];
}

const NAMES = ['InputError', 'PackageError', 'DownloadError', 'IntegrityError', 'StorageError', 'DeviceError', 'WorkerError', 'AbortError', 'DisposedError'];
const TEXTS = ['A gripping, funny film.', 'Dull.', 'Two hours of my life, gone.', 'Not bad, not good either, but long.', ''];
const USERS = 4;
/** Milliseconds after which a user goes on with another call; this one may still end. */
const PATIENCE = 60_000;
/** Milliseconds after the last call, by which every one has to have ended. */
const END = 120_000;

const DEVICES = ['wasm', 'webgpu'] as const;

/** One a device. */
let pipelines: TextClassificationPipeline[] | undefined;
let counts: Counts;
let ends: Promise<unknown>;
/** Calls that users did not wait for any longer, and what they were. */
let late: Map<Promise<void>, string>;

/** Starts making calls. */
async function begin(model: string, seconds: number, seed: number): Promise<void> {
  pipelines ??= await Promise.all(DEVICES.map((device) => pipeline('text-classification', model, { device, workers: 2 })));
  counts = { calls: 0, answered: 0, failedNamed: 0, lost: 0, late: 0, named: {}, lostBecause: [] };
  late = new Map();
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const some = (most: number): string[] => Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(TEXTS));
  const lost = (why: string): void => {
    counts.lost++;
    if (counts.lostBecause.length < 20) counts.lostBecause.push(why);
  };

  /** Makes a call and sees how it ends: `wrong` says what is wrong with its answer, if anything. */
  async function call<T>(what: string, make: () => Promise<T>, wrong: (answer: T) => string | undefined): Promise<T | undefined> {
    counts.calls++;
    let answer: T | undefined;
    const ended = async (): Promise<void> => {
      try {
        const found = await make();
        const why = wrong(found);
        if (why) return lost(`${what}: ${why}`);
        counts.answered++;
        answer = found;
      } catch (error) {
        const { name, message } = error as Error;
        if (!NAMES.includes(name)) return lost(`${what}: ${name}: ${message}`);
        counts.failedNamed++;
        counts.named[name] = (counts.named[name] ?? 0) + 1;
      }
    };
    const end = ended();
    if ((await within(end, PATIENCE)) === 'silence') {
      counts.late++;
      late.set(end, what);
      void end.then(() => late.delete(end));
    }
    return answer;
  }

  const counted = (texts: string[]) => (answers: { label: string }[]): string | undefined => {
    if (answers.length !== texts.length) return `${answers.length} answers to ${texts.length} texts`;
    return answers.every(({ label }) => label === 'positive' || label === 'negative') ? undefined : 'a strange label';
  };

  async function one(): Promise<void> {
    const speed = random();
    const classify = pick(pipelines!);
    const texts = some(pick([1, 20, 200]));
    switch (pick(['classify', 'classify', 'trace', 'stream', 'abort', 'pipeline'] as const)) {
      case 'classify':
        await call('classify', () => classify(texts, { speed }), counted(texts));
        return;
      case 'trace':
        await call('trace', () => classify.trace(texts, { mode: 'explore' }), counted(texts));
        return;
      case 'stream':
        await call(
          'stream',
          async () => {
            const verdicts = [];
            for await (const verdict of classify.stream(texts, { speed })) verdicts.push(verdict);
            return verdicts;
          },
          counted(texts),
        );
        return;
      case 'abort': {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 50 * random());
        await call('abort', () => classify(texts, { speed, signal: controller.signal }), counted(texts));
        return;
      }
      case 'pipeline': {
        const make = () => pipeline('text-classification', model, { device: pick(DEVICES), prefetch: pick(['all', 'idle', 'none']) });
        const fresh = await call('pipeline', make, () => undefined);
        if (!fresh) return;
        await call('classify with a fresh pipeline', () => fresh(texts, { speed }), counted(texts));
        await call('dispose', () => fresh.dispose(), () => undefined);
      }
    }
  }

  const end = performance.now() + 1000 * seconds;
  const user = async (): Promise<void> => {
    while (performance.now() < end) {
      await one();
      await new Promise((done) => setTimeout(done, 100 * random()));
    }
  };
  ends = Promise.all(Array.from({ length: USERS }, user));
}

function within(task: Promise<unknown>, ms: number): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<'silence'>((resolve) => (timer = setTimeout(() => resolve('silence'), ms)));
  return Promise.race([task, silence]).finally(() => clearTimeout(timer));
}

/** Waits for the last calls. */
async function finish(): Promise<Counts> {
  await ends;
  await within(Promise.all(late.keys()), END);
  for (const what of late.values()) {
    counts.lost++;
    counts.lostBecause.push(`${what}: not heard of again`);
  }
  return counts;
}

const soak = { begin, finish };

declare global {
  var fastbertSoak: typeof soak;
}

globalThis.fastbertSoak = soak;
