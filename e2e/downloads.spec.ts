/** Files come once: from memory, from the browser's cache, from where a download broke off. */

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { STORE } from '../src/core/store.js';
import type { Manifest } from '../src/core/index.js';
import type { ExitEvent, Prefetch, ProgressEvent } from '../src/index.js';
import { beforeWorker } from './faults.js';
import { expect, FIXTURE, test } from './fixtures.js';

const TEXT = 'A gripping, funny film.';
const manifest = JSON.parse(readFileSync('e2e/models/fixture/manifest.json', 'utf8')) as Manifest;
const fileOf = (part: { file: string } | null): string => part!.file.replace('..', '/test-models');
const EMBEDDINGS = fileOf(manifest.embeddings);
const LAST = fileOf(manifest.layers.at(-1)!);

const isShard = (path: string): boolean => path.endsWith('.bin') || path.endsWith('.onnx');

/** What a page knows of its pipeline. */
declare global {
  var progress: ProgressEvent[];
  var exits: ExitEvent[];
  var answer: Promise<string> | undefined;
  var controller: AbortController;
  var releaseDisk: () => void;
}

/** Loads on WASM; the answer to one text that runs all layers. */
function load(page: Page, prefetch: Prefetch = 'idle'): Promise<string> {
  return page.evaluate(
    async ([model, text, when]) => {
      globalThis.progress = [];
      fastbert.classify = await fastbert.pipeline('text-classification', model, {
        device: 'wasm',
        prefetch: when,
        progress_callback: (event) => void progress.push(event),
      });
      return (await fastbert.classify(text, { speed: 0 }))[0]!.label;
    },
    [FIXTURE, TEXT, prefetch] as const,
  );
}

const dispose = (page: Page): Promise<void> => page.evaluate(() => fastbert.classify!.dispose());

/** What came over the network is written when it no longer keeps an answer waiting. */
async function isKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate((name) => caches.open(name).then((cache) => cache.keys()).then(({ length }) => length), STORE)).toBeGreaterThan(10);
}

test('what was fetched once is not fetched again, and needs no server', async ({ harness: _, page, site }) => {
  const first = await load(page, 'all');
  await isKept(page);
  await dispose(page);
  const before = site.requests.filter(isShard).length;
  site.fault = (path) => (path.startsWith('/test-models/') ? 'missing' : undefined);
  expect(await load(page, 'all')).toBe(first);
  expect(site.requests.filter(isShard)).toHaveLength(before);
});

test('who disposes at once and loads anew fetches nothing twice: the worker writes what it has before it ends', async ({ harness: _, page, site }) => {
  // Playwright's routes turn the HTTP cache off.
  await beforeWorker(page, `
    const { put } = Cache.prototype;
    Cache.prototype.put = function (...what) {
      return navigator.locks.request('disk', { mode: 'shared' }, () => put.apply(this, what));
    };
  `);
  await page.evaluate(() => new Promise<void>((held) => {
    void navigator.locks.request('disk', () => new Promise<void>((release) => {
      globalThis.releaseDisk = release;
      held();
    }));
  }));
  await load(page, 'all');
  await page.evaluate(async () => {
    await fastbert.classify!.dispose();
    releaseDisk();
  });
  await load(page, 'all');
  const shards = site.requests.filter(isShard);
  expect(shards).toEqual([...new Set(shards)]);
  await dispose(page);
  await expect.poll(() => page.workers().length).toBe(0);
});

/** How many kept files are not what their hash says. */
function bad(page: Page): Promise<number> {
  return page.evaluate(async (name) => {
    const cache = await caches.open(name);
    let count = 0;
    for (const { url } of await cache.keys()) {
      if (url.endsWith('.json')) continue;
      const digest = await crypto.subtle.digest('SHA-256', await (await cache.match(url))!.arrayBuffer());
      const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      if (!url.endsWith(hex)) count++;
    }
    return count;
  }, STORE);
}

test('a file that went bad in the cache is fetched anew', async ({ harness: _, page }) => {
  const first = await load(page, 'all');
  await isKept(page);
  await dispose(page);
  await page.evaluate(async (name) => {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const bytes = new Uint8Array(await (await cache.match(request))!.arrayBuffer());
      bytes[bytes.length >> 1]! ^= 1;
      if (!request.url.endsWith('.json')) await cache.put(request, new Response(bytes));
    }
  }, STORE);
  expect(await bad(page)).toBeGreaterThan(10);
  expect(await load(page, 'all')).toBe(first);
  await expect.poll(() => bad(page)).toBe(0);
});

test('the cache is emptied under a running pipeline, or takes nothing: nothing is lost', async ({ harness: _, page, context }) => {
  const first = await load(page, 'none');
  await page.evaluate((name) => caches.delete(name), STORE);
  expect(await page.evaluate((text) => fastbert.classify!(text, { speed: 0 }), TEXT)).toMatchObject([{ label: first }]);
  await dispose(page);
  await page.evaluate((name) => caches.delete(name), STORE);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
  expect(await load(page, 'all')).toBe(first);
});

test('a download that breaks off goes on where it was', async ({ harness: _, page, site }) => {
  const ranges: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith(EMBEDDINGS)) ranges.push(request.headers().range ?? 'whole');
  });
  let faults = 1;
  site.fault = (path) => (path === EMBEDDINGS && faults-- > 0 ? 'broken' : undefined);
  await load(page);
  expect(ranges).toEqual(['whole', expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  expect(await page.evaluate(() => progress.filter(({ status }) => status === 'waiting'))).toHaveLength(1);
});

test('a download that stalls is given up after half a minute, and goes on', async ({ harness: _, page, site }) => {
  let faults = 1;
  site.fault = (path) => (path === EMBEDDINGS && faults-- > 0 ? 'stalled' : undefined);
  await load(page);
  expect(await page.evaluate(() => progress.find(({ status }) => status === 'waiting'))).toMatchObject({
    why: 'nothing came for 30 seconds',
  });
});

test('two tabs that load the same model fetch each file once', async ({ harness: _, page, context, site }) => {
  const other = await context.newPage();
  await other.goto(page.url());
  await Promise.all([load(page, 'all'), load(other, 'all')]);
  const shards = site.requests.filter(isShard);
  expect(shards).toHaveLength(new Set(shards).size);
});

test("prefetch 'none' fetches deeper layers when a text needs them, 'all' before the pipeline is ready", async ({ harness: _, page, site }) => {
  await page.evaluate(
    async (model) => void (fastbert.classify = await fastbert.pipeline('text-classification', model, { device: 'wasm', prefetch: 'none' })),
    FIXTURE,
  );
  await page.evaluate((text) => fastbert.classify!(text, { speed: 1 }), TEXT);
  await page.waitForTimeout(1500); // 'idle' begins after half a second
  expect(site.requests).not.toContain(LAST);
  await page.evaluate((text) => fastbert.classify!(text, { speed: 0 }), TEXT);
  expect(site.requests).toContain(LAST);
  await dispose(page);

  await page.evaluate((name) => caches.delete(name), STORE);
  const before = await page.evaluate(async (model) => {
    const done: string[] = [];
    await fastbert.pipeline('text-classification', model, {
      device: 'wasm',
      prefetch: 'all',
      progress_callback: (event) => void (event.status === 'done' && done.push(event.file)),
    });
    return done;
  }, FIXTURE);
  expect(before).toContain(manifest.layers.at(-1)!.file);
});

test.describe('the network goes before the last layer is there', () => {
  test.beforeEach(async ({ harness: _, page, context }) => {
    await page.evaluate(
      async ([model, text]) => {
        globalThis.exits = [];
        globalThis.controller = new AbortController();
        fastbert.classify = await fastbert.pipeline('text-classification', model, { device: 'wasm', prefetch: 'none' });
        await fastbert.classify(text, { speed: 1 });
      },
      [FIXTURE, TEXT] as const,
    );
    await context.setOffline(true);
    await page.evaluate((text) => {
      const call = fastbert.classify!.trace([text], { speed: 0, signal: controller.signal, onExit: (event) => void exits.push(event) });
      globalThis.answer = call.then(([verdict]) => `exit ${verdict!.exit}`, (error: Error) => error.name);
    }, TEXT);
  });

  test('the text waits, says what it believes so far, and is answered when the network is back', async ({ page, context }) => {
    // At speed 0 no exit is asked, so there is no belief to tell: the call after it has one.
    const explored = page.evaluate((text) => {
      const call = fastbert.classify!.trace([text], { mode: 'explore', onExit: (event) => void exits.push(event) });
      return call.then(([verdict]) => verdict!.trajectory.length);
    }, TEXT);
    await expect.poll(() => page.evaluate(() => exits.find(({ waitsFor }) => waitsFor))).toMatchObject({ waitsFor: 2, belief: { exit: 1 } });
    expect(await page.evaluate((text) => fastbert.classify!(text, { speed: 1 }), 'Fine.')).toHaveLength(1);
    await context.setOffline(false);
    expect(await explored).toBe(4);
    expect(await page.evaluate(() => answer)).toBe('exit 3');
  });

  test('a call that waits can be cancelled', async ({ page, context }) => {
    await page.waitForTimeout(500);
    await page.evaluate(() => controller.abort());
    expect(await page.evaluate(() => answer)).toBe('AbortError');
    expect(await page.evaluate((text) => fastbert.classify!(text, { speed: 1 }), 'Fine.')).toHaveLength(1);
    await context.setOffline(false);
    expect(await page.evaluate((text) => fastbert.classify!(text, { speed: 0 }), TEXT)).toHaveLength(1);
  });
});
