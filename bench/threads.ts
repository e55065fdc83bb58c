/**
 * `npm run -s bench:threads`: all threads (four at most) against one, on WASM: while texts follow on one
 * another, singly, and with one core busy. By these figures the library leaves their number to ONNX
 * Runtime and has an option for who knows better.
 */

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import type { Target } from '../src/core/index.js';
import { ratio, times } from '../src/page/measure/timing.js';
import { NO_LOSS, nameOf } from './contestants.js';
import { HarnessPage } from './harness-page.js';
import { markdownTable } from './models-report.js';
import { ofTokens, ownSentences } from './samples.js';
import { serve } from './serve.js';

const ROOT = path.dirname(import.meta.dirname);
const LENGTHS = [8, 16, 32, 64, 128, 512];
/** Texts of each row; of the longest a tenth. */
const TEXTS = 100;
/** Texts that one of the two takes before it is the other's turn: threads stay awake between them. */
const BLOCK = 10;
/** Milliseconds after which threads sleep: they look for more work for up to 16. */
const ASLEEP = 30;

const CONDITIONS = [
  { name: 'texts follow on one another', pause: 0, busy: false },
  { name: `${ASLEEP} ms between texts`, pause: ASLEEP, busy: false },
  { name: 'one core busy', pause: 0, busy: true },
];

const ROWS: { name: string; texts: string[]; target: Target }[] = [
  ...[{ speed: 0 }, { speed: 0.5 }, NO_LOSS].map((target) => ({ name: `sentences, ${nameOf(target)}`, texts: ownSentences(TEXTS), target })),
  ...LENGTHS.map((tokens) => ({
    name: `${tokens} tokens, all layers`,
    texts: Array<string>(tokens < 512 ? TEXTS : TEXTS / 10).fill(ofTokens(tokens)),
    target: { speed: 0 },
  })),
];

await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
const site = await serve([
  { at: '/models/', folder: path.join(ROOT, 'public/models') },
  { at: '/', folder: path.join(ROOT, 'dist-bench') },
]);
const page = await HarnessPage.open();
try {
  const threads = await page.call(() => load(`${site.url}harness.html`, `${site.url}models/sst2/`));
  await timed(ROWS[0]!.texts, { speed: 0 }, 0); // warm
  const cells = ROWS.map(({ name }) => [name]);
  for (const { name, pause, busy } of CONDITIONS) {
    console.error(`${name} …`);
    const other = busy ? new Worker('for (;;);', { eval: true }) : undefined;
    for (const [i, { texts, target }] of ROWS.entries()) {
      const [one, all] = await timed(texts, target, pause);
      const { ratio: faster, interval } = ratio(one, all);
      cells[i]!.push(`${times(one).mean.toFixed(1)} / ${times(all).mean.toFixed(1)}`, `${faster.toFixed(2)} (${interval.map((end) => end.toFixed(2)).join('-')})`);
    }
    await other?.terminate();
  }
  console.log(`WASM, one thread against ${threads}, ${page.browser}, n = ${TEXTS} (512 tokens: ${TEXTS / 10}), mean milliseconds, 95 %\n`);
  console.log(markdownTable(['', ...CONDITIONS.flatMap(({ name }) => [name, 'times as fast'])], cells));
} finally {
  await page.close();
  await site.close();
}

/** The model twice, with one thread and with all; how many that is, in words. */
async function load(url: string, model: string): Promise<string> {
  await page.page.goto(url);
  return page.page.evaluate(async (folder) => {
    const all = Math.min(4, navigator.hardwareConcurrency);
    fastbert.models = [];
    for (const threads of [1, all]) {
      fastbert.models.push(await fastbert.pipeline('text-classification', folder, { device: 'wasm', threads }));
    }
    return fastbert.models[1]!.info.deviceDescription;
  }, model);
}

/** Milliseconds of each text with one thread, and with all; block by block in turns. */
async function timed(texts: string[], target: Target, pause: number): Promise<[one: number[], all: number[]]> {
  const ms: [number[], number[]] = [[], []];
  for (let start = 0, block = 0; start < texts.length; start += BLOCK, block++) {
    for (const model of block % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      ms[model].push(...(await page.call(() => page.page.evaluate(inPage, { model, texts: texts.slice(start, start + BLOCK), target, pause, ASLEEP }))));
    }
  }
  return ms;
}

async function inPage({ model, texts, target, pause, ASLEEP: sleep }: { model: number; texts: string[]; target: Target; pause: number; ASLEEP: number }): Promise<number[]> {
  const ms: number[] = [];
  await new Promise((done) => setTimeout(done, sleep));
  for (const text of texts) {
    const start = performance.now();
    await fastbert.models![model]!(text, target);
    ms.push(performance.now() - start);
    if (pause > 0) await new Promise((done) => setTimeout(done, pause));
  }
  return ms;
}
