/** Several pipelines on one page: one worker, one GPU, and none in another's way. */

import type { TextClassificationPipeline } from '../src/index.js';
import { loseGpu } from './faults.js';
import { expect, FIXTURE, test } from './fixtures.js';

const PRUNED = '/test-models/pruned/';
const TEXT = 'A gripping, funny film.';

declare global {
  var two: TextClassificationPipeline[];
}

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: two models share a worker; one is disposed of, or cannot be loaded, and the other goes on`, async ({ harness: _, page }) => {
    const loading = page.evaluate(
      async ([models, chosen]) => {
        const make = (model: string) => fastbert.pipeline('text-classification', model, { device: chosen });
        globalThis.two = await Promise.all(models.map(make));
        return Promise.all(two.map((classify) => classify('good film')));
      },
      [[FIXTURE, PRUNED], device] as const,
    );
    const [first, second] = await loading;
    expect(page.workers()).toHaveLength(1);
    const missing = await page.evaluate(
      (chosen) => fastbert.pipeline('text-classification', '/nowhere/', { device: chosen }).catch((error: Error) => error.name),
      device,
    );
    expect(missing).toBe('DownloadError');
    expect(await page.evaluate(() => two[0]!('good film'))).toEqual(first);
    const names = await page.evaluate(async () => {
      const name = (call: Promise<unknown>): Promise<string> => call.then(() => 'answered', (error: Error) => error.name);
      const running = [name(two[0]!(Array<string>(500).fill('good film'))), name(two[1]!('good film'))];
      await two[0]!.dispose();
      return Promise.all([...running, name(two[0]!('good film'))]);
    });
    expect(names).toEqual(['DisposedError', 'answered', 'DisposedError']);
    expect(await page.evaluate(() => two[1]!('good film'))).toEqual(second);
    await page.evaluate(() => two[1]!.dispose());
    await expect.poll(() => page.workers().length).toBe(0);
  });
}

test('the worker dies, or its GPU is lost: both models come back', async ({ harness: _, page }) => {
  const before = await page.evaluate(
    async ([models, text]) => {
      const recovered: string[] = [];
      Object.assign(globalThis, { recovered });
      const make = (model: string) =>
        fastbert.pipeline('text-classification', model, { device: 'webgpu', onRecovered: () => void recovered.push(model) });
      globalThis.two = await Promise.all(models.map(make));
      return Promise.all(two.map((classify) => classify(text, { speed: 0 })));
    },
    [[FIXTURE, PRUNED], TEXT] as const,
  );
  // All layers: gates are priced anew on a new device, and a text may then leave elsewhere.
  const again = () => page.evaluate((text) => Promise.all(two.map((classify) => classify(text, { speed: 0 }))), TEXT);
  const [worker] = page.workers();
  await loseGpu(worker!);
  expect(await again()).toEqual(before);
  // Whose call was answered before the loss was seen learns of it with its next one.
  expect(await again()).toEqual(before);
  const recovered = await page.evaluate(() => (globalThis as unknown as { recovered: string[] }).recovered);
  expect(recovered.toSorted()).toEqual([FIXTURE, PRUNED]);

  await worker!.evaluate(() => self.close()).catch(() => {});
  expect(await again()).toEqual(before);
  expect(page.workers()).toHaveLength(1);
});

test('a pipeline can be made in a worker, where there is no document', async ({ harness, page, site }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const expected = await page.evaluate((text) => fastbert.classify!(text), TEXT);
  const script = await page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')!.src);
  // The harness' own script: what it puts on `globalThis` a worker has too.
  const got = await page.evaluate(
    async ([url, model, text]) => {
      const code = `
        await import(${JSON.stringify(url)});
        const classify = await fastbert.pipeline('text-classification', ${JSON.stringify(model)}, { device: 'wasm' });
        postMessage(await classify(${JSON.stringify(text)}));
      `;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
      return new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    },
    [script, `${site.url}test-models/fixture/`, TEXT] as const,
  );
  expect(got).toEqual(expected);
});
