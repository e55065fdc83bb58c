/** Several workers: a call of many texts is shared among them, and stays one call whatever happens to one of them. */

import type { Page } from '@playwright/test';
import type { TextClassificationPipeline, TraceOptions, Verdict } from '../src/index.js';
import { CHUNK } from '../src/share.js';
import { expect, FIXTURE, test } from './fixtures.js';
import { holdLayer } from './hold-layer.js';
import { catchWorkers } from './started-workers.js';
import { mixedTexts } from './texts.js';

/** Four chunks, the last one not full. */
const TEXTS = mixedTexts(3 * CHUNK + 5).map((text, i) => `${i} ${text}`);
/** Every exit is asked, and none is sure enough. */
const HARDLY = 1e-9;

/** A call that is running, as the page knows it. */
declare global {
  var call: Promise<Verdict[]>;
  var seen: { index: number; exit: number; waitsFor: number | undefined; left: boolean }[];
  var controller: AbortController;
  var pipelines: TextClassificationPipeline[];
}

/** Begins a call; what it says is in `seen`. */
function begin(page: Page, options: Pick<TraceOptions, 'speed' | 'mode'> = {}): Promise<void> {
  return page.evaluate(
    ([texts, wanted]) => {
      globalThis.seen = [];
      globalThis.controller = new AbortController();
      globalThis.call = fastbert.classify!.trace(texts, {
        ...wanted,
        signal: controller.signal,
        onExit: ({ index, belief, waitsFor, verdict }) =>
          void seen.push({ index, exit: belief.exit, waitsFor, left: verdict !== undefined }),
      });
      call.catch(() => {}); // awaited later
    },
    [TEXTS, options] as const,
  );
}

/** How the call ended, and that no event came after. */
function end(page: Page): Promise<Verdict[] | string> {
  return page.evaluate(async () => {
    const ended = await call.catch((error: Error) => error.name);
    const { length } = seen;
    await new Promise((done) => setTimeout(done, 200));
    return seen.length === length ? ended : 'an event came after the result';
  });
}

/** The chunks in which a text waits for a layer: so many workers have one. */
const waiting = (page: Page): Promise<number[]> =>
  page.evaluate((size) => [...new Set(seen.filter(({ waitsFor }) => waitsFor).map(({ index }) => Math.floor(index / size)))], CHUNK);

/** Two workers, each held with a chunk of a call, by a layer that does not come. */
async function heldInTwo(page: Page, layer: number): Promise<() => void> {
  const release = await holdLayer(page, 'e2e/models/fixture', layer);
  await page.evaluate(
    async ([model, speed]) =>
      void (fastbert.classify = await fastbert.pipeline('text-classification', model, { device: 'wasm', prefetch: 'none', speed, workers: 2 })),
    [FIXTURE, HARDLY] as const,
  );
  expect(page.workers()).toHaveLength(1);
  await begin(page);
  await expect.poll(() => waiting(page)).toEqual([0, 1]);
  expect(page.workers()).toHaveLength(2);
  return release;
}

/** What one worker says of the texts. */
async function alone(page: Page, options: Pick<TraceOptions, 'speed' | 'mode'>): Promise<Verdict[]> {
  return page.evaluate(
    async ([model, texts, wanted]) => {
      const classify = await fastbert.pipeline('text-classification', model, { device: 'wasm', workers: 1 });
      const verdicts = await classify.trace(texts, wanted);
      await classify.dispose();
      return verdicts;
    },
    [FIXTURE, TEXTS, options] as const,
  );
}

const told = (verdicts: readonly Verdict[]) => verdicts.map(({ label, exit, probabilities }) => ({ label, exit, probabilities }));

test('verdicts come in the order of the texts, events with their place in the call, each once', async ({ harness: _, page }) => {
  const release = await heldInTwo(page, 3);
  release();
  const verdicts = (await end(page)) as Verdict[];
  expect(told(verdicts)).toEqual(told(await alone(page, { speed: HARDLY })));
  const events = await page.evaluate(() => seen.filter(({ waitsFor }) => !waitsFor));
  const places = events.map(({ index, exit }) => `${index} ${exit}`);
  expect(new Set(places).size).toBe(places.length);
  expect(places.toSorted()).toEqual(TEXTS.flatMap((_text, i) => [0, 1, 2, 3].map((exit) => `${i} ${exit}`)).toSorted());
  expect(events.filter(({ left }) => left)).toHaveLength(TEXTS.length);
});

test('one worker for one chunk, for a GPU, and where no more are asked for', async ({ harness, page }) => {
  await catchWorkers(page);
  const counts: number[] = [];
  for (const [device, workers, texts] of [['wasm', 2, CHUNK], ['wasm', 1, 2 * CHUNK], ['webgpu', 3, 2 * CHUNK], ['wasm', 3, CHUNK + 1], ['wasm', 3, 3 * CHUNK]] as const) {
    await harness.load(FIXTURE, { device, workers, speed: 1 });
    await harness.trace(TEXTS.slice(0, texts));
    await page.evaluate(() => fastbert.classify!.dispose());
    counts.push(await page.evaluate(() => started.splice(0).length));
  }
  expect(counts).toEqual([1, 1, 1, 2, 3]);
});

test('a new speed holds in all workers from the next gate on, and for chunks that wait', async ({ harness: _, page }) => {
  const release = await heldInTwo(page, 2);
  await page.evaluate(() => void (fastbert.classify!.speed = 1));
  release();
  const verdicts = (await end(page)) as Verdict[];
  // Held where they were, two had gone further than the new speed asks for.
  expect([verdicts[0], verdicts[CHUNK]]).toMatchObject([{ exit: 0, depth: 3 }, { exit: 0, depth: 3 }]);
  for (const { exit } of verdicts) expect(exit).toBe(0);
  for (const { depth } of verdicts.slice(2 * CHUNK)) expect(depth).toBe(0);
});

test('an aborted call ends in all workers at once, and the next call has them', async ({ harness, page }) => {
  const release = await heldInTwo(page, 3);
  await page.evaluate(() => controller.abort());
  expect(await end(page)).toBe('AbortError');
  release();
  expect(told(await harness.trace(TEXTS, { speed: 0 }))).toEqual(told(await alone(page, { speed: 0 })));
  expect(page.workers()).toHaveLength(2);
});

for (const [which, number] of [['first', 0], ['second', 1]] as const) {
  test(`the ${which} worker dies in the middle: its chunk runs again, and nothing is lost`, async ({ harness, page }) => {
    const release = await heldInTwo(page, 3);
    await page.workers()[number]!.evaluate(() => self.close()).catch(() => {});
    release();
    expect(told((await end(page)) as Verdict[])).toEqual(told(await alone(page, { speed: HARDLY })));
    expect(await harness.trace(TEXTS, { speed: 1 })).toHaveLength(TEXTS.length);
    await expect.poll(() => page.workers().length).toBe(2);
  });
}

test('disposing ends all workers, and rejects what runs in them', async ({ harness: _, page }) => {
  await heldInTwo(page, 3);
  await page.evaluate(() => fastbert.classify!.dispose());
  expect(await end(page)).toBe('DisposedError');
  await expect.poll(() => page.workers().length).toBe(0);
});

test('two pipelines share the second worker too; the one that is disposed of leaves it to the other', async ({ harness: _, page }) => {
  const labels = () => page.evaluate(async (texts) => Promise.all(pipelines.map(async (classify) => (await classify(texts)).map(({ label }) => label))), TEXTS);
  await page.evaluate(async (model) => {
    const make = () => fastbert.pipeline('text-classification', model, { device: 'wasm', workers: 2 });
    globalThis.pipelines = [await make(), await make()];
  }, FIXTURE);
  const [first, second] = await labels();
  expect(first).toHaveLength(TEXTS.length);
  expect(second).toEqual(first);
  expect(page.workers()).toHaveLength(2);
  await page.evaluate(() => pipelines.shift()!.dispose());
  expect(await labels()).toEqual([first]);
  expect(page.workers()).toHaveLength(2);
  await page.evaluate(() => pipelines[0]!.dispose());
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a stream is shared too, and keeps its order', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', workers: 2, speed: 0.4 });
  const streamed = await page.evaluate(async (texts) => {
    const verdicts: Verdict[] = [];
    for await (const verdict of fastbert.classify!.stream(texts)) verdicts.push(verdict);
    return verdicts;
  }, TEXTS);
  expect(told(streamed)).toEqual(told(await alone(page, { speed: 0.4 })));
  expect(page.workers()).toHaveLength(2);
});

/** Does something to the script of each worker but the first. */
async function helpers(page: Page, spoil: (script: string) => Promise<string>): Promise<() => number> {
  let started = 0;
  await page.route('**/classifier.worker*.js', async (route) => {
    if (started++ === 0) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: await spoil(await response.text()) });
  });
  return () => started;
}

for (const [what, spoil] of [
  ['does not start', () => Promise.resolve('throw new Error("no more workers")')],
  ['cannot load the model', (script: string) => Promise.resolve(`globalThis.WebAssembly = undefined;\n${script}`)],
] as const) {
  test(`a second worker that ${what} fails no call; the first does it all`, async ({ harness, page }) => {
    const started = await helpers(page, spoil);
    await harness.load(FIXTURE, { device: 'wasm', workers: 2, speed: 0.4 });
    const verdicts = await harness.trace(TEXTS);
    await expect.poll(started).toBe(2);
    await expect.poll(() => page.workers().length).toBe(1);
    expect(told(verdicts)).toEqual(told(await alone(page, { speed: 0.4 })));
  });
}

test('no call waits for a worker that is on its way; it may still come when the pipeline is gone', async ({ harness, page }) => {
  let letGo!: () => void;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const started = await helpers(page, async (script) => {
    await held;
    return script;
  });
  await harness.load(FIXTURE, { device: 'wasm', workers: 2 });
  expect(await harness.trace(TEXTS)).toHaveLength(TEXTS.length);
  expect(started()).toBe(2);
  await page.evaluate(() => fastbert.classify!.dispose());
  letGo();
  await expect.poll(() => page.workers().length).toBe(0);
});

/** Of the model's files. */
const twice = (requests: string[]): string[] => requests.filter((path, i) => path.includes('/shards/') && requests.indexOf(path) < i);

test('what one worker has fetched the others find in the cache, though there be no HTTP cache', async ({ harness: _, page, site }) => {
  const release = await heldInTwo(page, 3); // Playwright's routes turn that off
  release();
  expect(await end(page)).toHaveLength(TEXTS.length);
  expect(twice(site.requests)).toEqual([]);
});

test('where nothing may be kept the HTTP cache has it', async ({ harness, page, site, context }) => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
  await harness.load(FIXTURE, { device: 'wasm', prefetch: 'all', workers: 3 });
  await harness.trace(TEXTS);
  const fetched = () => Promise.all(page.workers().map((worker) =>
    worker.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/shards/')).length)));
  const [all] = await fetched();
  expect(all).toBeGreaterThan(5);
  await expect.poll(fetched).toEqual([all, all, all]);
  expect(twice(site.requests)).toEqual([]);
});
