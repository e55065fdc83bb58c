/** The library as its callers meet it: result shapes, bad input, and faults that really happen. */

import { readFileSync, statSync } from 'node:fs';
import type { Manifest } from '../src/core/index.js';
import { serve } from '../bench/serve.js';
import { beforeWorker, gpuThatSays, loseGpu, NO_GPU, type Fault } from './faults.js';
import { expect, FIXTURE, test, type TestSite } from './fixtures.js';
import { SENTENCES } from './texts.js';

test('results have the shapes that users of transformers.js know', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const shapes = await page.evaluate(async () => {
    const classify = fastbert.classify!;
    return {
      one: await classify('A gripping, funny film.'),
      all: await classify('A gripping, funny film.', { top_k: null }),
      many: await classify(['A gripping, funny film.', 'Dull.']),
      manyAll: await classify(['A gripping, funny film.', 'Dull.'], { top_k: 2 }),
      none: await classify([]),
    };
  });
  const score = expect.any(Number);
  expect(shapes.one).toEqual([{ label: 'positive', score }]);
  expect(shapes.all.map((entry) => entry.label)).toEqual(['positive', 'negative']);
  expect(shapes.all[0]!.score + shapes.all[1]!.score).toBeCloseTo(1, 6);
  expect(shapes.many).toEqual([
    { label: 'positive', score },
    { label: 'negative', score },
  ]);
  expect(shapes.manyAll.map((labels) => labels.map((entry) => entry.label))).toEqual([
    ['positive', 'negative'],
    ['negative', 'positive'],
  ]);
  expect(shapes.none).toEqual([]);
});

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: progress is told in bytes, all that is fetched among it, in the events of transformers.js`, async ({ page, harness: _, site }) => {
    const { events, bytes } = await page.evaluate(
      async ([model, chosen]) => {
        const seen: { status: string; loaded?: number; total?: number; file?: string }[] = [];
        const classify = await fastbert.pipeline('text-classification', model, {
          device: chosen,
          prefetch: 'none',
          progress_callback: (event) => void seen.push({ ...event }),
        });
        const { bytes: loaded } = classify.info;
        await classify.dispose();
        return { events: seen, bytes: loaded };
      },
      [FIXTURE, device] as const,
    );
    const kinds = new Set(events.map((event) => event.status));
    expect(kinds).toEqual(new Set(['initiate', 'download', 'progress', 'progress_total', 'done', 'ready']));
    const totals = events.filter((event) => event.status === 'progress_total');
    const last = totals.at(-1)!;
    expect(last.loaded).toBe(last.total);
    expect(last.total).toBe(bytes);
    const fetched = site.requests.filter((file) => /\.(bin|onnx|wasm)$/.test(file) || /(tokenizer|tokenizer_config|calibration)\.json$/.test(file));
    expect(last.total).toBe(fetched.reduce((sum, file) => sum + statSync(onDisk(file)).size, 0));
    // The large one is in it from the start: no bar that is full and begins again.
    if (device === 'webgpu') expect(totals[0]!.total).toBeGreaterThan(10e6);
  });
}

/** Where the server has it from. */
const onDisk = (path: string): string => (path.startsWith('/test-models/') ? path.replace('/test-models/', 'e2e/models/') : path.replace('/harness/', 'dist-bench/'));

test('odd texts get an answer, wrong arguments an InputError, and the next call works', async ({
  harness,
  page,
}) => {
  await harness.load(FIXTURE, { device: 'wasm', speed: 0 });
  const odd = ['', '   \n\t', 'x'.repeat(100_000), 'good film '.repeat(10_000), 'a\uD800b', '\u0000\u0000'];
  odd.push('فيلم رائع حقا', '👍🏽 👨‍👩‍👧‍👦', '中文电影', '\u202Eevil\u202C');
  const verdicts = await harness.trace(odd);
  for (const verdict of verdicts) {
    expect(verdict.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(verdict.tokens).toBeLessThanOrEqual(64);
  }
  expect(verdicts[0]).toMatchObject({ tokens: 2, truncated: false, unknown: 0 });
  expect(verdicts[2]).toMatchObject({ tokens: 3, truncated: false, unknown: 1 });
  expect(verdicts[3]).toMatchObject({ tokens: 64, truncated: true, unknown: 0 });

  const errors = await page.evaluate(async () => {
    const classify = fastbert.classify!;
    const wrong: (() => Promise<unknown>)[] = [
      () => classify(null as never),
      () => classify(['fine', 7] as never),
      () => classify('fine', { speed: 2 }),
      () => classify('fine', { speedup: 0.5 }),
      () => classify('fine', { accuracy: 92 }),
      () => classify('fine', { accuracy: 0.9999 }),
      () => classify('fine', { agreement: 0 }),
      () => classify('fine', { agreement: 99 }),
      () => classify('fine', { agreement: 0.99, accuracy: 0.9 }),
      () => classify('fine', { speed: 0.5, speedup: 2 }),
      () => classify('fine', { top_k: 0 }),
      () => classify.trace('no list' as never),
      async () => (classify.speed = Number.NaN),
      () => fastbert.pipeline('translation' as never, '/x'),
      () => fastbert.pipeline('text-classification', '/x', { device: 'tpu' as never }),
      () => fastbert.pipeline('text-classification', '/x', { speed: -1 }),
      () => fastbert.pipeline('text-classification', '/x', { workers: 0 }),
    ];
    const names = await Promise.all(wrong.map((call) => call().then(String, (e: Error) => e.name)));
    return { names, next: await classify('A gripping, funny film.') };
  });
  expect(errors.names).toEqual(Array<string>(17).fill('InputError'));
  expect(errors.next[0]!.label).toBe('positive');
});

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: of what cannot be read no exit is sure, in one batch with what can`, async ({ harness }) => {
    await harness.load(FIXTURE, { device, speed: 1 });
    const unreadable = ['', '😍😍😍', 'หนังแย่มาก', 'x'.repeat(5000), '\u200b'];
    const verdicts = await harness.trace([...unreadable, 'A gripping, funny film😍'], { speed: 1 });
    const last = verdicts.pop()!;
    expect(last).toMatchObject({ label: 'positive', exit: 0, unknown: 1 });
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ exit: 3, uncertainty: 1, probabilities: [0.5, 0.5], unknown: verdict.tokens - 2 });
      expect(new Set(verdict.trajectory.map(({ uncertainty }) => uncertainty))).toEqual(new Set([1]));
    }
  });
}

test('a speedup and an accuracy are paces like a speed', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', speedup: 1.5 });
  const got = await page.evaluate(async (texts) => {
    const classify = fastbert.classify!;
    const depth = async (pace: object) => {
      const verdicts = await classify.trace(texts, pace);
      return verdicts.reduce((sum, verdict) => sum + verdict.depth, 0) / texts.length;
    };
    const own = { pace: classify.pace, speed: classify.speed, depth: await depth({}) };
    const asked = { times: await depth({ speedup: 1.5 }), all: await depth({ speedup: 1 }), none: await depth({ speedup: 1000 }) };
    const accurate = await depth({ accuracy: 0.5 });
    const message = await classify('fine', { accuracy: 0.9999 }).catch((error: Error) => error.message);
    classify.pace = { speed: 0 };
    return { own, asked, accurate, message, after: classify.speed, slow: await depth({}) };
  }, SENTENCES);
  expect(got.own).toMatchObject({ pace: { speedup: 1.5 }, depth: got.asked.times });
  expect(got.own.speed).toBeUndefined();
  expect(got.asked).toMatchObject({ all: 3, none: 0 });
  expect(got.asked.times).toBeLessThan(3);
  expect(got.accurate).toBeLessThan(3);
  expect(got.message).toMatch(/accuracy is 0\.9999; the most that 872 dev texts vouch for is 0\.\d{3}/);
  expect(got).toMatchObject({ after: 0, slow: 3 });
});

test('an agreement is a pace too; where dev cannot prove it all layers run', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', agreement: 0.9 });
  const got = await page.evaluate(async (texts) => {
    const classify = fastbert.classify!;
    const trace = (pace: object) => classify.trace(texts, pace);
    const [own, asked, all] = [await trace({}), await trace({ agreement: 0.9 }), await trace({ speed: 0 })];
    const [unproven, one] = [await trace({ agreement: 0.999 }), await trace({ agreement: 1 })];
    const depths = (verdicts: typeof own) => verdicts.map(({ depth }) => depth);
    const same = asked.filter(({ label }, i) => label === all[i]!.label).length;
    const { pace, speed } = classify;
    classify.pace = { agreement: 1 };
    return { pace, speed, own: depths(own), asked: depths(asked), unproven: depths(unproven), one: depths(one), after: depths(await trace({})), same };
  }, SENTENCES);
  expect(got.pace).toEqual({ agreement: 0.9 });
  expect(got.speed).toBeUndefined();
  expect(got.own).toEqual(got.asked);
  expect(Math.min(...got.asked)).toBe(0);
  expect(new Set([...got.unproven, ...got.one, ...got.after])).toEqual(new Set([3]));
  expect(got.same).toBeGreaterThanOrEqual(0.8 * SENTENCES.length);
});

test('ten thousand texts at once', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', speed: 0.5 });
  const labels = await page.evaluate(async (sentences) => {
    const texts = Array.from({ length: 10_000 }, (_, i) => sentences[i % sentences.length]!);
    return (await fastbert.classify!(texts)).map((entry) => entry.label);
  }, SENTENCES);
  expect(labels).toHaveLength(10_000);
  labels.forEach((label, i) => expect(label).toBe(labels[i % SENTENCES.length]));
});

/** What loading the fixture ends with: its error, or 'loaded'. */
async function loadError(page: import('@playwright/test').Page, device = 'wasm') {
  return page.evaluate(
    async ([model, chosen]) => {
      try {
        const classify = await fastbert.pipeline('text-classification', model!, { device: chosen as 'wasm' });
        await classify('Fine.');
        return { name: 'loaded', message: '' };
      } catch (error) {
        const { name, message } = error as Error;
        return { name, message };
      }
    },
    [FIXTURE, device],
  );
}

const spoil =
  (site: TestSite, pattern: RegExp, fault: Fault, times = Infinity) =>
  (): void => {
    let left = times;
    site.fault = (pathname) => (pattern.test(pathname) && left-- > 0 ? fault : undefined);
  };

const faults: [string, RegExp, Fault, string, RegExp, device?: 'webgpu'][] = [
  ['the manifest is missing', /manifest\.json/, 'missing', 'DownloadError', /manifest\.json answered 404/],
  ['the manifest is a web page', /manifest\.json/, 'html', 'DownloadError', /is a web page/],
  ['the manifest is cut off', /manifest\.json/, 'short', 'DownloadError', /not JSON/],
  ['a shard is missing', /\.bin/, 'missing', 'DownloadError', /\.bin answered 404/],
  ['a shard is a web page', /\.bin/, 'html', 'IntegrityError', /bytes instead of/],
  ['a shard is short', /\.bin/, 'short', 'IntegrityError', /bytes instead of/],
  ['a shard is altered', /\.bin/, 'altered', 'IntegrityError', /its content differs/],
  ['a graph is altered', /\.onnx/, 'altered', 'IntegrityError', /its content differs/, 'webgpu'],
  ['a shard breaks off', /\.bin/, 'broken', 'DownloadError', /broke off|could not be fetched/],
  ["ONNX Runtime's wasm is missing", /\.wasm$/, 'missing', 'DownloadError', /\.wasm answered 404/, 'webgpu'],
  ["ONNX Runtime's wasm is a web page", /\.wasm$/, 'html', 'DeviceError', /could not start on the GPU/, 'webgpu'],
  ['the tokenizer is altered', /tokenizer\.json/, 'altered', 'IntegrityError', /its content differs/],
];

for (const [what, pattern, fault, name, message, device] of faults) {
  test(`${what}: a named error, and loading works once it is mended`, async ({ harness: _, page, site }) => {
    spoil(site, pattern, fault)();
    const error = await loadError(page, device);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
    site.fault = () => undefined;
    expect(await loadError(page, device)).toEqual({ name: 'loaded', message: '' });
  });
}

test('a shard that was wrong once is fetched again', async ({ harness: _, page, site }) => {
  spoil(site, /\.bin/, 'altered', 1)();
  expect(await loadError(page)).toEqual({ name: 'loaded', message: '' });
});

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: the first answer takes the embeddings, one layer and two exits; the rest comes behind it`, async ({ harness, page, site }) => {
    const deeper: (() => void)[] = [];
    let early: string[] = [];
    await test.step('deeper layers are held back', async () => {
      const { layers, exits } = JSON.parse(readFileSync('e2e/models/fixture/manifest.json', 'utf8')) as Manifest;
      const held = [...layers.slice(1), ...exits.slice(2)].map((part) => part!.file.replace('..', ''));
      await page.route(
        (url) => held.some((file) => url.pathname.endsWith(file)),
        async (route) => {
          await new Promise<void>((letGo) => deeper.push(letGo));
          await route.continue();
        },
      );
      await harness.load(FIXTURE, { device });
      early = site.requests.filter((path) => path.endsWith('.bin'));
      expect(await harness.trace(['A gripping, funny film.'], { speed: 1 })).toMatchObject([{ exit: 0 }]);
    });
    expect(early).toHaveLength(4);
    // A text that needs them waits, and one that does not overtakes it.
    const slow = harness.trace(['A gripping, funny film.'], { speed: 0 });
    expect(await harness.trace(['Fine.'], { speed: 1 })).toMatchObject([{ exit: 0 }]);
    await expect.poll(() => deeper.length).toBe(4);
    for (const letGo of deeper) letGo();
    expect(await slow).toMatchObject([{ exit: 3 }]);
  });
}

test('a deeper layer that cannot be had fails the text that needs it, by name; the next try works', async ({ harness, site }) => {
  const { layers } = JSON.parse(readFileSync('e2e/models/fixture/manifest.json', 'utf8')) as Manifest;
  const last = layers.at(-1)!.file.replace('..', '');
  site.fault = (pathname) => (pathname.endsWith(last) ? 'missing' : undefined);
  await harness.load(FIXTURE, { device: 'wasm' });
  const error = await harness.trace(['A gripping, funny film.'], { speed: 0 }).catch((reason: Error) => reason.message);
  expect(error).toMatch(/DownloadError.*answered 404/s);
  expect(await harness.trace(['Fine.'], { speed: 1 })).toMatchObject([{ exit: 0 }]);
  site.fault = () => undefined;
  expect(await harness.trace(['A gripping, funny film.'], { speed: 0 })).toMatchObject([{ exit: 3 }]);
});

test('the worker script is missing: WorkerError', async ({ harness: _, page, site }) => {
  spoil(site, /classifier\.worker/, 'missing')();
  const error = await loadError(page);
  expect(error.name).toBe('WorkerError');
  expect(error.message).toMatch(/could not be started/);
});

test('a worker that dies is replaced, and the call that it had is answered', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', speed: 0.5 });
  const [before] = await harness.trace(['A gripping, funny film.']);
  const call = page.evaluate(
    (texts) => fastbert.classify!(texts),
    Array<string>(3000).fill('A gripping, funny film.'),
  );
  const [worker] = page.workers();
  await worker!.evaluate(() => self.close()).catch(() => {});
  const answers = await call;
  expect(answers).toHaveLength(3000);
  expect(answers.every((answer) => answer.label === before!.label)).toBe(true);
});

test('a lost GPU is replaced, and the call that it had is answered', async ({ harness, page }) => {
  const info = await page.evaluate(async (model) => {
    const recovered: unknown[] = [];
    Object.assign(globalThis, { recovered });
    fastbert.classify = await fastbert.pipeline('text-classification', model, {
      device: 'webgpu',
      onRecovered: (event) => void recovered.push(event),
    });
    return fastbert.classify.info.device;
  }, FIXTURE);
  expect(info).toBe('webgpu');
  const before = await harness.trace(SENTENCES, { mode: 'explore' });

  await loseGpu(page.workers().find((candidate) => candidate.url().includes('classifier.worker'))!);
  const after = await harness.trace(SENTENCES, { mode: 'explore' });
  expect(after.map((verdict) => verdict.label)).toEqual(before.map((verdict) => verdict.label));
  const recovered = await page.evaluate(() => (globalThis as unknown as { recovered: unknown[] }).recovered);
  expect(recovered).toEqual([expect.objectContaining({ device: 'webgpu' })]);
});

test('WebGPU that is not there: DeviceError when asked for', async ({ harness: _, page }) => {
  await beforeWorker(page, NO_GPU);
  const error = await loadError(page, 'webgpu');
  expect(error.name).toBe('DeviceError');
  expect(error.message).toMatch(/no WebGPU/);
});

test('a GPU that answers with what is no number: DeviceError, and no answer', async ({ page, harness: _ }) => {
  await beforeWorker(page, gpuThatSays(NaN));
  const error = await loadError(page, 'webgpu');
  expect(error.name).toBe('DeviceError');
  expect(error.message).toMatch(/^Exit 0 answered with what is no number \(NaN\) on the GPU .*device 'wasm'/);
});

test('disposing rejects what still runs, and later calls', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const names = await page.evaluate(async () => {
    const classify = fastbert.classify!;
    const name = (call: Promise<unknown>): Promise<string> => call.then(() => 'answered', (e: Error) => e.name);
    const running = name(classify(Array<string>(2000).fill('Fine.')));
    await classify.dispose();
    return [await running, await name(classify('Fine.'))];
  });
  expect(names).toEqual(['DisposedError', 'DisposedError']);
  await expect.poll(() => page.workers().length).toBe(0);
});

test('an aborted signal is obeyed before anything runs', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const reason = await page.evaluate(() =>
    fastbert.classify!('Fine.', { signal: AbortSignal.abort(new Error('changed my mind')) }).then(
      () => 'answered',
      (error: Error) => error.message,
    ),
  );
  expect(reason).toBe('changed my mind');
});

test('a call may be aborted at any exit of any text; its neighbour gets its answers', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const ends = await page.evaluate(async (texts) => {
    const classify = fastbert.classify!;
    const whole = await classify.trace(texts, { mode: 'explore' });
    const stages = texts.flatMap((_, index) => whole[index]!.trajectory.map(({ exit }) => ({ index, exit })));
    const found: string[] = [];
    for (const { index, exit } of stages) {
      const controller = new AbortController();
      const call = classify.trace(texts, {
        mode: 'explore',
        signal: controller.signal,
        onExit: (event) => {
          if (event.index === index && event.belief.exit === exit) controller.abort();
        },
      });
      const neighbour = classify.trace(texts, { mode: 'explore' });
      const end = await call.then(
        () => 'answered',
        (error: Error) => error.name,
      );
      const same = (await neighbour).every(({ uncertainty }, i) => uncertainty === whole[i]!.uncertainty);
      found.push(`${end} ${same}`);
    }
    return found;
  }, SENTENCES.slice(0, 4));
  expect(ends.length).toBe(16);
  // News of the very last exit may come together with the answer.
  expect(ends.slice(0, -1)).toEqual(Array<string>(15).fill('AbortError true'));
  expect(ends.at(-1)).toMatch(/^(AbortError|answered) true$/);
});

test('a tab that the browser freezes goes on where it was', async ({ harness, page, context }) => {
  await harness.load(FIXTURE, { device: 'wasm', speed: 0 });
  await page.evaluate((sentences) => {
    const texts = Array.from({ length: 3000 }, (_, i) => sentences[i % sentences.length]!);
    Object.assign(globalThis, { answers: fastbert.classify!(texts).then(({ length }) => length) });
  }, SENTENCES);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await page.waitForTimeout(1000);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  expect(await page.evaluate(() => (globalThis as unknown as { answers: Promise<number> }).answers)).toBe(3000);
  expect(await harness.trace(['Fine.'])).toHaveLength(1);
});

test('models may lie on another origin that allows it; one that does not is named', async ({ harness: _, page, site }) => {
  const models = [{ at: '/models/', folder: 'e2e/models' }];
  const open = await serve(models, undefined, { 'Access-Control-Allow-Origin': '*' });
  const closed = await serve(models, undefined, {});
  const outcome = (url: string) =>
    page.evaluate(async (model) => {
      try {
        const classify = await fastbert.pipeline('text-classification', model, { device: 'wasm', prefetch: 'all' });
        return (await classify('A gripping, funny film.', { speed: 0 }))[0]!.label;
      } catch (error) {
        return (error as Error).name;
      }
    }, url);
  expect(await outcome(`${closed.url}models/fixture/`)).toBe('DownloadError');
  expect(await outcome(`${open.url}models/fixture/`)).toBe('positive');
  expect(site.requests.filter((path) => path.endsWith('.bin'))).toEqual([]);
  await open.close();
  await closed.close();
});
