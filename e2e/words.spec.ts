/** `trace(texts, { words: true })`: what it says of a word is what `trace` says of the text without it. */

import type { Page } from '@playwright/test';
import type { TextOrPair, TextPair, TraceOptions, Verdict } from '../src/index.js';
import { without, wordsOf } from '../src/core/words.js';
import { expect, FIXTURE, test, type Harness } from './fixtures.js';
import { holdLayer } from './hold-layer.js';
import { SENTENCES } from './texts.js';

const PAIRS = '/test-models/pairs/';
const MIXED = '/test-models/mixed/';

/** With words, as a caller asks for them. */
const trace = (page: Page, texts: TextOrPair[], options: TraceOptions = {}): Promise<Verdict[]> =>
  page.evaluate(([all, more]) => fastbert.classify!.trace(all, { ...more, words: true }), [texts, options] as const);

/** A text without a part of it, of a pair without a part of either. */
function lacking(text: TextOrPair, { of, start, end }: { of?: keyof TextPair | undefined; start: number; end: number }): TextOrPair {
  return typeof text === 'string' ? without(text, [{ start, end }]) : { ...text, [of!]: without(text[of!], [{ start, end }]) };
}

/** Holds every part of a verdict to the text that lacks it, read in another call. */
async function hold(harness: Harness, texts: TextOrPair[], verdicts: Verdict[], tolerance: number): Promise<void> {
  for (const [i, text] of texts.entries()) {
    const { trajectory, words } = verdicts[i]!;
    const others = await harness.trace(words!.parts.map((part) => lacking(text, part)), { mode: 'explore' });
    for (const [k, { exits }] of words!.parts.entries()) {
      expect(exits.map(({ exit }) => exit)).toEqual(trajectory.map(({ exit }) => exit));
      exits.forEach(({ probability, uncertainty, labels }, e) => {
        const [before, after] = [trajectory[e]!, others[k]!.trajectory[e]!];
        const label = before.probabilities.indexOf(Math.max(...before.probabilities));
        expect(Math.abs(before.probabilities[label]! + probability - after.probabilities[label]!)).toBeLessThanOrEqual(tolerance);
        expect(Math.abs(before.uncertainty + uncertainty - after.uncertainty)).toBeLessThanOrEqual(tolerance);
        if (exits.length === e + 1) expect(labels).toEqual(others[k]!.labels);
      });
    }
    expect(words!.cost).toMatchObject({ texts: words!.parts.length, layers: words!.parts.length * trajectory.at(-1)!.exit });
    expect(words!.cost.ms > 0).toBe(words!.parts.length > 0);
  }
}

const odd = ['', 'Dull.', '?!', '不错的电影，很好看', '👍 good', 'good film '.repeat(40)];

for (const [device, tolerance] of [['wasm', 1e-12], ['webgpu', 2e-3]] as const) {
  test(`${device}: what a word changes is what the text without it gets`, async ({ harness, page }) => {
    await harness.load(FIXTURE, { device, speed: 0 });
    const texts = device === 'wasm' ? [...SENTENCES, ...odd] : SENTENCES.slice(0, 2);
    const verdicts = await trace(page, texts);
    await hold(harness, texts, verdicts, tolerance);
    const counted = verdicts.map(({ words }) => words!.parts.length);
    expect(counted).toEqual(texts.map((text) => wordsOf(text, 64).length));
  });

  test(`${device}: pairs, and texts of several labels`, async ({ harness, page }) => {
    const pairs = [{ text: 'The red car stands at the door.', text_pair: 'My coat is red.' }, { text: '', text_pair: 'blue' }];
    await harness.load(PAIRS, { device, speed: 0 });
    const verdicts = await trace(page, pairs);
    await hold(harness, pairs, verdicts, tolerance);
    expect(verdicts[0]!.words!.parts.map(({ of, start, end }) => pairs[0]![of!].slice(start, end))).toEqual('The red car stands at the door My coat is red'.split(' '));
    const texts = ['set an alarm for six and then tell me the weather in paris', 'who made you'];
    await harness.load(MIXED, { device, speed: 0 });
    await hold(harness, texts, await trace(page, texts), tolerance);
  });
}

test('the verdict is that of the same call without words, and its events are told once', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm', speed: 0.3 });
  const { plain, wordy, events } = await page.evaluate(async (texts) => {
    const heard: string[] = [];
    const mode = 'explore';
    return {
      plain: await fastbert.classify!.trace(texts, { mode }),
      wordy: await fastbert.classify!.trace(texts, { words: true, onExit: ({ index, belief }) => void heard.push(`${index} ${belief.exit}`) }),
      events: heard,
    };
  }, SENTENCES);
  const told = (verdicts: Verdict[]) => verdicts.map(({ label, exit, trajectory, tokens }) => ({ label, exit, trajectory, tokens }));
  expect(told(wordy)).toEqual(told(plain));
  expect(plain[0]!.words).toBeUndefined();
  expect(events.toSorted()).toEqual(SENTENCES.flatMap((_, i) => [0, 1, 2, 3].map((exit) => `${i} ${exit}`)).toSorted());
});

test('several workers say what one says', async ({ harness, page }) => {
  const text = SENTENCES.join(' ').slice(0, 300);
  await harness.load(FIXTURE, { device: 'wasm', workers: 1 });
  const [alone] = await trace(page, [text]);
  await harness.load(FIXTURE, { device: 'wasm', workers: 3 });
  const [shared] = await trace(page, [text]);
  expect(alone!.words!.parts.length).toBeGreaterThan(40);
  expect(shared!.words!.parts).toEqual(alone!.words!.parts);
  await expect.poll(() => page.workers().length).toBeGreaterThan(1);
});

test('a long text costs a bounded number of readings, over sentences first', async ({ harness, page }) => {
  await harness.load(MIXED, { device: 'wasm', speed: 0 });
  // The model takes 64 tokens: of a longer text it reads no more words than that.
  const [single] = await trace(page, ['set an alarm '.repeat(10_000)]);
  expect(single!.words!.parts).toHaveLength(64);
  await harness.load(PAIRS, { device: 'wasm', speed: 0 });
  const pair = { text: 'The car is red. '.repeat(500), text_pair: 'My coat is blue. '.repeat(500) };
  const [both] = await trace(page, [pair]);
  expect(both!.words!.parts).toHaveLength(64);
});

test('an aborted signal ends it while it waits in the middle of a layer; the next call works', async ({ harness: _, page }) => {
  const release = await holdLayer(page, 'e2e/models/fixture', 3);
  const ended = page.evaluate(
    async ([model, texts]) => {
      fastbert.classify = await fastbert.pipeline('text-classification', model, { device: 'wasm', prefetch: 'none', workers: 1 });
      const controller = new AbortController();
      const call = fastbert.classify.trace(texts, {
        words: true,
        signal: controller.signal,
        onExit: ({ waitsFor }) => waitsFor === 3 && controller.abort(),
      });
      return call.then(() => 'answered', (error: Error) => error.name);
    },
    [FIXTURE, SENTENCES] as const,
  );
  expect(await ended).toBe('AbortError');
  release();
  const [verdict] = await trace(page, ['A gripping, funny film.']);
  expect(verdict!.words!.parts).toHaveLength(4);
});

test('what it cannot do is an InputError, and the next call works', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const messages = await page.evaluate(async () => {
    const classify = fastbert.classify!;
    const { Segmenter } = Intl;
    const failure = (call: Promise<unknown>): Promise<string> => call.then(() => 'answered', ({ name, message }: Error) => `${name}: ${message}`);
    const fast = await failure(classify.trace(['Fine.'], { words: true, mode: 'fast' }));
    const noText = await failure(classify.trace([7 as never], { words: true }));
    const pace = await failure(classify.trace(['Fine.'], { words: true, speed: 7 }));
    delete (Intl as { Segmenter?: unknown }).Segmenter;
    const old = await failure(classify.trace(['Fine.'], { words: true }));
    Object.assign(Intl, { Segmenter });
    return [fast, noText, pace, old, await failure(classify.trace(['Fine.'], { words: true }))];
  });
  expect(messages).toEqual([
    'InputError: mode is "fast", and words takes all layers: leave mode out, or words',
    'InputError: text 0 is number, not a string',
    expect.stringMatching(/^InputError: speed is 7/),
    expect.stringMatching(/^InputError: words needs Intl\.Segmenter/),
    'answered',
  ]);
});
