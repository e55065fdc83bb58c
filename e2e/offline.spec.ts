/** A task that is kept works without a network; what is deleted is gone; the page can be installed; a new version is offered once. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { serve } from '../bench/serve.js';
import type { Manifest } from '../src/core/index.js';
import { STORE } from '../src/core/store.js';
import { expect, test } from './fixtures.js';
import { holdLayer } from './hold-layer.js';

test.use({ serviceWorkers: 'allow' });

/** Keys that the page wrote to a cache. */
declare global {
  var written: string[];
}

const kept = (page: Page) => page.getByRole('list', { name: 'Tasks on this device' }).getByRole('listitem');
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });

async function openPanel(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByText('Without a network').click();
}

test('a task is kept, works offline, and is deleted', async ({ page, context, site }) => {
  await page.goto('?device=wasm');
  await expect(verdict(page)).toContainText(/positive|negative/);
  await openPanel(page);
  const sentiment = kept(page).filter({ hasText: 'Sentiment' });
  await expect(sentiment).toContainText(/\d\sMB to download/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await sentiment.getByRole('button', { name: 'Keep Sentiment for offline use' }).click();
  await expect(sentiment).toContainText(/\d\sMB kept/);
  await expect(page.getByRole('status', { name: 'Notice' })).toContainText('ready for use without a network');
  // News has the embeddings and ONNX Runtime already.
  const news = kept(page).filter({ hasText: 'News' });
  const toDownload = Number(/[\d.]+/.exec((await news.textContent())!)![0]);
  expect(toDownload).toBeLessThan(15);

  await page.reload(); // the service worker takes charge
  await expect(verdict(page)).toContainText(/positive|negative/); // or its last requests would still be under way
  await context.setOffline(true);
  site.requests.length = 0;
  await page.reload();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A waste of time.');
  await expect(verdict(page)).toContainText('negative');
  await expect(page.locator('.speed-accuracy .rival').first()).toBeVisible();
  // The browser looks for a new service worker by itself, past the network that the test takes away.
  expect(site.requests.filter((file) => file !== '/service-worker.js')).toEqual([]);

  await page.getByText('Without a network').click();
  await kept(page).getByRole('button', { name: 'Delete Sentiment' }).click();
  await expect.poll(() => page.evaluate(async (name) => (await (await caches.open(name)).keys()).length, STORE)).toBe(0);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('A part of the model did not arrive');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(verdict(page)).toContainText(/positive|negative/);
});

test('while a layer is still on its way, what the model believes so far is shown as provisional', async ({ page }) => {
  const release = await holdLayer(page, 'public/models/sst2', 2);
  await page.goto('?device=wasm#speed=0.01');
  await expect(verdict(page)).toContainText('provisional');
  await expect(verdict(page)).toContainText('What layer 1 says; layer 2 is still loading.');
  release();
  await expect(verdict(page)).toContainText(/left after layer [2-6] of 6/);
});

test('without room a task is not begun to be kept, and the page says so', async ({ page, context }) => {
  await page.goto('?device=wasm');
  await expect(verdict(page)).toContainText(/positive|negative/);
  await openPanel(page);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1e6 });
  await kept(page).getByRole('button', { name: 'Keep Intents' }).click();
  await expect(page.getByRole('alert')).toContainText('There is no room to keep the model');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A waste of time.');
  await expect(verdict(page)).toContainText('negative');
});

test('what is to be kept is written once; room that the browser promises and has not is told', async ({ page, context }) => {
  await page.addInitScript(() => {
    globalThis.written = [];
    const { put } = Cache.prototype;
    Cache.prototype.put = function (request, response) {
      written.push(String(request));
      return put.call(this, request, response);
    };
    navigator.storage.estimate = () => Promise.resolve({});
  });
  await page.goto('?device=wasm');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // from here on the service worker keeps ONNX Runtime
  await expect(verdict(page)).toContainText(/positive|negative/);
  await openPanel(page);
  const news = kept(page).filter({ hasText: 'News' });
  await news.getByRole('button', { name: 'Keep News' }).click();
  await expect(news).toContainText(/\d\sMB kept/);
  const { layers } = JSON.parse(readFileSync('public/models/ag_news/manifest.json', 'utf8')) as Manifest;
  const keys = await page.evaluate(() => written);
  for (const { sha256 } of layers) expect(keys.filter((key) => key.endsWith(sha256))).toHaveLength(1);

  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1e6 });
  await kept(page).getByRole('button', { name: 'Keep Intents' }).click();
  await expect(page.getByRole('alert')).toContainText('The browser has no room for the model');
});

test('ONNX Runtime that was evicted is kept again; where there is no room for it, the page does without', async ({ page, context, site }) => {
  const runtime = (): Promise<string[]> =>
    page.evaluate(async () => {
      const name = (await caches.keys()).find((one) => one.includes('runtime'));
      return name === undefined ? [] : (await (await caches.open(name)).keys()).map(({ url }) => url);
    });
  const evict = (): Promise<unknown> =>
    page.evaluate(async () => Promise.all((await caches.keys()).filter((one) => one.includes('runtime')).map((one) => caches.delete(one))));
  test.setTimeout(300_000); // a software GPU takes its time
  await page.goto('?device=webgpu');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // from here on the service worker keeps it
  await expect.poll(runtime).toEqual([expect.stringContaining('.wasm')]);

  await evict();
  await page.reload();
  await expect.poll(runtime).toHaveLength(1);

  await evict();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1e6 });
  await page.reload();
  await expect(verdict(page)).toContainText(/positive|negative/, { timeout: 200_000 });
  expect(await runtime()).toEqual([]);
  await openPanel(page);
  await kept(page).getByRole('button', { name: 'Keep Sentiment' }).click();
  await expect(page.getByRole('alert')).toContainText(/no room/);
});

test('the page can be installed, and its icons are what the web manifest says', async ({ page, context }) => {
  await page.goto('?device=wasm');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const devtools = await context.newCDPSession(page);
  const { url, data, errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']); // as are all windows of tests
  const { icons } = JSON.parse(data!) as { icons: { src: string; sizes: string; type: string }[] };
  const apple = (await page.locator('link[rel=apple-touch-icon]').getAttribute('href'))!;
  expect(icons).toHaveLength(4);
  for (const { src, sizes, type } of [...icons, { src: apple, sizes: '180x180', type: 'image/png' }]) {
    const served = await page.evaluate(async (address) => {
      const response = await fetch(address);
      const image = new Image();
      image.src = address;
      await image.decode();
      return { type: response.headers.get('Content-Type'), sizes: `${image.naturalWidth}x${image.naturalHeight}` };
    }, new URL(src, url).href);
    expect(served).toEqual({ type, sizes: sizes === 'any' ? expect.any(String) : sizes });
  }
  // The page's shell has the one that it shows.
  const shell = await page.evaluate(async () => {
    const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map((request) => new URL(request.url).pathname);
  });
  expect(shell.filter((address) => address.includes('icon'))).toEqual(['/icon.svg']);
});

test('the next version waits until it is taken in', async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fastbert-web-'));
  const host = await serve([{ at: '/', folder }]);
  try {
    cpSync('dist', folder, { recursive: true });
    await page.goto(`${host.url}?device=wasm`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Reload' })).toHaveCount(0);
    // Another page, and a service worker that knows it.
    const page1 = readFileSync(path.join(folder, 'index.html'), 'utf8');
    writeFileSync(path.join(folder, 'index.html'), page1.replace('<body', '<body data-version="next"'));
    const worker = path.join(folder, 'service-worker.js');
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(/("url":"index\.html","revision":"|"revision":")[0-9a-f]{8}/, '$100000000'));
    await page.reload();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('body[data-version=next]')).toBeAttached();
  } finally {
    await host.close();
    rmSync(folder, { recursive: true });
  }
});
