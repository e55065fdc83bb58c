/** `trace(texts, { state: true })`: the mean of a text's hidden state where it left, on both devices. */

import { readFileSync } from 'node:fs';
import { readManifest } from '../bench/read-package.js';
import type { TraceOptions, Verdict } from '../src/index.js';
import { Embeddings } from '../workers/embed.js';
import { TextTokenizer } from '../workers/tokenize.js';
import { expect, FIXTURE, test } from './fixtures.js';
import { mixedTexts, SENTENCES } from './texts.js';

const FOLDER = 'e2e/models/fixture';

/** A state does not cross to the test as what it is. */
const states = (page: import('@playwright/test').Page, texts: string[], options: TraceOptions = {}): Promise<{ exit: number; state: number[] }[]> =>
  page.evaluate(
    async ([all, more]) => (await fastbert.classify!.trace(all, { ...more, state: true })).map(({ exit, state }) => ({ exit, state: Array.from(state!) })),
    [texts, options] as const,
  );

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: at exit 0 it is the mean of the embeddings`, async ({ harness, page }) => {
    const manifest = readManifest(FOLDER);
    const file = (name: string): ArrayBuffer => Uint8Array.from(readFileSync(`${FOLDER}/${name}`)).buffer;
    const json = (name: string): object => JSON.parse(new TextDecoder().decode(file(name))) as object;
    const embeddings = new Embeddings(manifest, file(manifest.embeddings.file));
    const tokenizer = new TextTokenizer(json(manifest.tokenizer.file), json(manifest.tokenizer_config.file), manifest.max_tokens);
    await harness.load(FIXTURE, { device });
    // Of different lengths, in one batch.
    const texts = SENTENCES.slice(0, 4);
    const found = await states(page, texts, { speed: 1 });
    for (const [i, { exit, state }] of found.entries()) {
      expect(exit).toBe(0);
      const { windows, tokens } = tokenizer.tokenize(texts[i]!, 0);
      const hidden = embeddings.embed(windows);
      const { width } = embeddings;
      expect(state).toHaveLength(width);
      state.forEach((mean, k) => {
        const sum = Array.from({ length: tokens }, (_, t) => hidden[t * width + k]!).reduce((all, one) => all + one, 0);
        expect(mean).toBeCloseTo(sum / tokens, 4);
      });
    }
  });
}

test('it is that of the exit that answers, in fast mode and in explore mode, alone and among others', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', workers: 2 });
  const texts = mixedTexts(40);
  const fast = await states(page, texts, { speed: 0.3 });
  expect(new Set(fast.map(({ exit }) => exit)).size).toBeGreaterThan(1);
  expect(await states(page, texts, { speed: 0.3, mode: 'explore' })).toEqual(fast);
  for (const i of [0, 7, 39]) expect(await states(page, [texts[i]!], { speed: 0.3 })).toEqual([fast[i]!]);
  const last = await states(page, texts, { speed: 0 });
  for (const [i, { exit, state }] of last.entries()) {
    expect(exit).toBe(3);
    expect(state.join() === fast[i]!.state.join()).toBe(fast[i]!.exit === 3);
  }
});

test('behind layers both devices have it, nearly the same; who does not ask gets none', async ({ harness, page }) => {
  const texts = SENTENCES.slice(0, 3);
  await harness.load(FIXTURE, { device: 'wasm' });
  const here = await states(page, texts, { speed: 0 });
  await harness.load(FIXTURE, { device: 'webgpu' });
  const there = await states(page, texts, { speed: 0 });
  for (const [i, { state }] of here.entries()) {
    const other = there[i]!.state;
    const dot = (a: number[], b: number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
    expect(dot(state, other) / Math.sqrt(dot(state, state) * dot(other, other))).toBeGreaterThan(0.995);
  }
  const [plain] = (await harness.trace([texts[0]!])) as Verdict[];
  expect(plain!.state).toBeUndefined();
});
