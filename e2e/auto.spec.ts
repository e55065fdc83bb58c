/** Device 'auto': WASM answers at once; the GPU is looked at behind that, and used where it is faster and right. */

import type { Page } from '@playwright/test';
import type { GpuLook, Verdict } from '../src/index.js';
import { beforeWorker, gpuThatSays, loseGpu, NO_GPU } from './faults.js';
import { expect, FIXTURE, test, type Harness, type TestSite } from './fixtures.js';
import { mixedTexts } from './texts.js';
import { GPU_CHUNK } from '../src/share.js';

const ORT = /\/ort-wasm[^/]*\.wasm$/;
const SHORT = ['Fine.'];
const MANY = mixedTexts(64);

declare global {
  var looks: GpuLook[];
  var recovered: string[];
}

/** Loads with 'auto', and has the page write down what it is told. */
async function load(page: Page): Promise<GpuLook> {
  return page.evaluate(async (model) => {
    globalThis.looks = [];
    globalThis.recovered = [];
    fastbert.classify = await fastbert.pipeline('text-classification', model, {
      workers: 2,
      onGpu: (gpu) => void looks.push(gpu),
      onRecovered: ({ device, reason }) => void recovered.push(`${device}: ${reason}`),
    });
    return fastbert.classify.info.gpu!;
  }, FIXTURE);
}

const reload = async (page: Page): Promise<GpuLook> => {
  await page.evaluate(() => fastbert.classify!.dispose());
  return load(page);
};

/** What came of looking at the GPU, once something did. A software GPU takes its time. */
async function looked(page: Page): Promise<GpuLook> {
  await expect.poll(() => page.evaluate(() => looks.length), { timeout: 100_000 }).toBe(1);
  const [told, said] = await page.evaluate(() => [looks[0]!, fastbert.classify!.info.gpu!] as const);
  expect(told).toEqual(said);
  return said;
}

const devices = (verdicts: Verdict[]): string[] => [...new Set(verdicts.map(({ device }) => device))];

/** The device of a short text, and of many. */
async function sent(harness: Harness): Promise<string[]> {
  return [...devices(await harness.trace(SHORT)), ...devices(await harness.trace(MANY))];
}

/** Puts something else for what was remembered of this machine. */
async function remember(page: Page, look: GpuLook): Promise<void> {
  await page.evaluate(async (wanted) => {
    const name = (await caches.keys()).find((one) => one.includes('devices'))!;
    const cache = await caches.open(name);
    const [request] = await cache.keys();
    await cache.put(request!, Response.json(wanted));
  }, look);
}

const asked = ({ requests }: TestSite): number => requests.filter((file) => ORT.test(file)).length;

test('the first verdict is there while ONNX Runtime is on its way; then each call goes where it takes less', async ({ harness, page, site }) => {
  test.setTimeout(300_000);
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  const onItsWay = page.waitForRequest(ORT);
  await page.route(ORT, async (route) => {
    await released;
    await route.continue();
  });

  await test.step('WASM answers, while the GPU cannot', async () => {
    expect(await load(page)).toEqual({ unused: 'not yet' });
    expect(await sent(harness)).toEqual(['wasm', 'wasm']);
    await onItsWay;
    expect(await sent(harness)).toEqual(['wasm', 'wasm']);
    expect(await page.evaluate(() => looks)).toEqual([]);
  });

  await test.step('then both are measured', async () => {
    const before = await page.evaluate(() => fastbert.classify!.info.bytes);
    release();
    const { description, measured } = await looked(page);
    expect(description).toMatch(/\w/);
    for (const { batch, token } of Object.values(measured!)) expect(batch + 32 * token).toBeGreaterThan(0);
    expect(await page.evaluate(() => fastbert.classify!.info.bytes)).toBeGreaterThan(before + 10e6);
  });

  await test.step('a GPU that is slower is not even loaded the next time', async () => {
    await remember(page, { description: 'a GPU', unused: 'slower' });
    const before = asked(site);
    expect(await reload(page)).toEqual({ unused: 'not yet' });
    expect(await looked(page)).toEqual({ description: 'a GPU', unused: 'slower' });
    expect(await sent(harness)).toEqual(['wasm', 'wasm']);
    expect(asked(site)).toBe(before);
  });

  await test.step('one that takes less for many texts gets those', async () => {
    const measured = { wasm: { batch: 0, token: 1 }, webgpu: { batch: 50, token: 0.001 } };
    await remember(page, { measured });
    await reload(page);
    expect(await looked(page)).toEqual({ description: expect.any(String), measured });
    expect(await sent(harness)).toEqual(['wasm', 'webgpu']);
  });

  await test.step('what is compared is all on one of them, however many workers there are', async () => {
    // More texts than the GPU's worker takes at once, of which others would take the rest.
    const copies = Array<string>(6).fill(mixedTexts(4).join(' '));
    const verdicts = await page.evaluate((texts) => fastbert.classify!.trace(texts, { words: true }), copies);
    expect(devices(verdicts)).toEqual(['webgpu']);
    const [first, ...others] = verdicts.map(({ words }) => words!.parts.map(({ exits }) => exits.at(-1)!.probability));
    expect(first!.length * copies.length).toBeGreaterThan(GPU_CHUNK);
    for (const other of others) other.forEach((change, i) => expect(Math.abs(change - first![i]!)).toBeLessThan(1e-3));
  });

  await test.step('lost, it leaves its call and all others to WASM', async () => {
    await loseGpu(page.workers().find((worker) => worker.url().includes('classifier.worker'))!);
    const verdicts = await harness.trace(MANY);
    expect(verdicts).toHaveLength(MANY.length);
    expect(devices(verdicts)).toEqual(['wasm']);
    expect(await page.evaluate(() => fastbert.classify!.info.gpu)).toMatchObject({ unused: 'lost', why: expect.stringMatching(/./) });
    expect(await page.evaluate(() => recovered)).toEqual([expect.stringMatching(/^wasm: /)]);
  });
});

for (const [what, logits, why] of [
  ['what is no number', [NaN], /^Exit \d answered with what is no number \(NaN\)/],
  ['other beliefs', [9, -9], /^Its probabilities are up to 0\.\d\d off those of WASM\.$/],
] as const) {
  test(`a GPU that answers with ${what} is not used, and that is remembered`, async ({ harness, page, site }) => {
    await beforeWorker(page, gpuThatSays(...logits));
    await load(page);
    expect(await looked(page)).toMatchObject({ unused: 'differs', why: expect.stringMatching(why) });
    expect(await sent(harness)).toEqual(['wasm', 'wasm']);
    const before = asked(site);
    await reload(page);
    expect(await looked(page)).toMatchObject({ unused: 'differs' });
    expect(asked(site)).toBe(before);
  });
}

test('no GPU, or none that can be had: WASM goes on, and `info` says why', async ({ harness, page, site }) => {
  site.fault = (path) => (ORT.test(path) ? 'missing' : undefined);
  await load(page);
  expect(await looked(page)).toMatchObject({ unused: 'failed', why: expect.stringMatching(/ort-wasm.* answered 404/) });
  expect(await sent(harness)).toEqual(['wasm', 'wasm']);
  await beforeWorker(page, NO_GPU);
  await reload(page);
  expect(await looked(page)).toEqual({ unused: 'absent' });
});

test('where data is saved, the GPU is not looked at', async ({ harness, page, site }) => {
  await beforeWorker(page, "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });");
  expect(await load(page)).toEqual({ unused: 'saving' });
  expect(await sent(harness)).toEqual(['wasm', 'wasm']);
  expect(asked(site)).toBe(0);
});
