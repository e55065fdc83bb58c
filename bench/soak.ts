/**
 * `npm run -s soak`: mixed calls for some minutes, with faults at random, in a real browser. Every call has
 * to be answered or to fail with a named error; none may be lost.
 */

import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { answerWith, loseGpu, type Fault } from '../e2e/faults.js';
import { STORE } from '../src/core/store.js';
import { seeded } from '../src/page/measure/timing.js';
import { command } from './command.js';
import { usedMemory } from './endurance.js';
import { HarnessPage } from './harness-page.js';
import { isolation } from './isolation.js';
import { serve, type Interceptor } from './serve.js';
import type { Counts } from './soak-page.js';
import { UsageError } from './usage-error.js';

const ROOT = path.dirname(import.meta.dirname);
const MODEL = '/models/fixture/';
/** Seconds until everything has happened once. */
const WARM_UP = 5;
const HELP = `Mixed calls with random faults; every call has to be answered, or to fail by name.

  npm run -s soak -- [options]

  --seconds N   how long calls are made (default 600)
  --seed N      of the faults (default 1)
  --json        print one JSON object, in the last line
  --help        print this
`;

const FAULTS = ['missing', 'html', 'short', 'altered', 'broken'] as const satisfies Fault[];
type Happening = `files ${(typeof FAULTS)[number]}` | 'no network' | 'worker killed' | 'GPU lost' | 'cache deleted';
const HAPPENINGS: Happening[] = [
  ...FAULTS.map((fault) => `files ${fault}` as const),
  'no network',
  'worker killed',
  'GPU lost',
  'cache deleted',
];

interface Soak extends Counts {
  seconds: number;
  browser: string;
  heapStart: number;
  heapEnd: number;
  /** How often each was caused. */
  faults: Record<string, number>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '600' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
  if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new UsageError('--seconds takes a number of seconds, --seed a whole number.');
  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  const soak = await run(seconds, seed);
  const { faults, named, lostBecause, ...rest } = soak;
  if (values.json) return console.log(JSON.stringify(soak));
  for (const [what, value] of Object.entries({ ...rest, ...faults, ...named })) console.log(`${what.padEnd(20)} ${String(value)}`);
  for (const why of lostBecause) console.log(`lost: ${why}`);
}

async function run(seconds: number, seed: number): Promise<Soak> {
  let fault: Fault | undefined;
  const mounts = [
    { at: '/models/', folder: path.join(ROOT, 'e2e/models') },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  const intercept: Interceptor = (pathname, file, response) => {
    if (!fault || !pathname.startsWith('/models/')) return false;
    answerWith(fault, file, response);
    return true;
  };
  const site = await serve(mounts, intercept, isolation);
  const page = await HarnessPage.open();
  try {
    await page.page.goto(`${site.url}soak.html`);
    const context = page.page.context();
    const begin = (lasting: number): Promise<void> =>
      page.page.evaluate(([model, s, n]) => fastbertSoak.begin(model, s, n), [MODEL, lasting, seed] as const);
    const finish = (): Promise<Counts> => page.page.evaluate(() => fastbertSoak.finish());
    const deleteCache = (): Promise<boolean> => page.page.evaluate((name) => caches.delete(name), STORE);
    await begin(WARM_UP);
    await finish();
    const heapStart = await page.page.evaluate(usedMemory);
    await begin(seconds);
    const random = seeded(seed);
    const faults: Record<string, number> = {};
    // Each once, in random order, before any comes again.
    let deck: Happening[] = [];
    const pause = (from: number, to: number): Promise<void> => new Promise((done) => setTimeout(done, from + random() * (to - from)));
    for (const end = performance.now() + 1000 * seconds; performance.now() < end; ) {
      await pause(500, 3000);
      if (deck.length === 0) deck = HAPPENINGS.map((one) => ({ one, at: random() })).toSorted((a, b) => a.at - b.at).map(({ one }) => one);
      const what = deck.pop()!;
      faults[what] = (faults[what] ?? 0) + 1;
      switch (what) {
        case 'no network':
          await context.setOffline(true);
          await pause(200, 2000);
          await context.setOffline(false);
          break;
        // There may be no worker just now: it was killed, and the next is not there yet.
        case 'worker killed':
          await page.page.workers().at(random() * page.page.workers().length)?.evaluate(() => self.close()).catch(() => {});
          break;
        case 'GPU lost':
          await Promise.all(page.page.workers().map((worker) => loseGpu(worker).catch(() => {})));
          break;
        case 'cache deleted':
          await deleteCache();
          break;
        default:
          fault = FAULTS.find((one) => what.endsWith(one));
          // Without the cache, files are really asked for.
          await deleteCache();
          await pause(200, 2000);
          fault = undefined;
      }
    }
    const counts = await finish();
    const heapEnd = await page.page.evaluate(usedMemory);
    return { seconds, browser: page.browser, ...counts, heapStart, heapEnd, faults };
  } finally {
    await page.close();
    await site.close();
  }
}

await command(main);
