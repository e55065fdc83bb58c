/** Long texts read in windows, on both devices: what is said of a text is what is said of its windows, added up. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Device, Verdict } from '../src/index.js';
import { replay, uniform } from '../src/core/index.js';
import { CHUNK } from '../src/share.js';
import { expect, FIXTURE, test } from './fixtures.js';
import { holdLayer } from './hold-layer.js';
import { inWindows } from './in-windows.js';
import { mixedTexts, SENTENCES } from './texts.js';

const LIMITS = { max_tokens: 20, windows: 8 };
const LAST = 3;
const LONG = SENTENCES.slice(2, 8).join(' ');
/** Of one window, of some, and of more than are read. */
const TEXTS = [...SENTENCES.slice(0, 2), LONG, ...mixedTexts(12), `${LONG} ${LONG}`];

/** How far the second of two labels is ahead, in logits. */
const lead = ([no, yes]: readonly number[]): number => Math.log(yes! / no!);
const slicesOf = (text: string, { windows }: Verdict): string[] => windows!.map(({ start, end }) => text.slice(start, end));
const told = (verdicts: readonly Verdict[]) => verdicts.map(({ label, exit, probabilities, tokens, truncated }) => ({ label, exit, probabilities, tokens, truncated }));

for (const device of ['wasm', 'webgpu'] satisfies Device[]) {
  test(`${device}: at every exit a long text is the sum of its windows, among short ones and alone`, async ({ harness, page }) => {
    await inWindows(page, LIMITS);
    const info = await harness.load(FIXTURE, { device });
    expect(info).toMatchObject({ maxTokens: LIMITS.max_tokens, windows: LIMITS.windows });
    const verdicts = await harness.trace(TEXTS, { mode: 'explore' });
    const long = [...verdicts.keys()].filter((i) => verdicts[i]!.windows);
    expect(long.length).toBeGreaterThan(5);
    expect(long.length).toBeLessThan(TEXTS.length);
    for (const i of long) {
      const { windows, trajectory, tokens, truncated } = verdicts[i]!;
      const slices = slicesOf(TEXTS[i]!, verdicts[i]!);
      expect(TEXTS[i]!.startsWith(slices.join(''))).toBe(true);
      expect(truncated).toBe(slices.join('') !== TEXTS[i]);
      expect(windows!.length).toBeLessThanOrEqual(LIMITS.windows);
      const alone = await harness.trace(slices, { mode: 'explore' });
      expect(tokens).toBe(alone.reduce((sum, one) => sum + one.tokens, 0));
      for (const [exit, { probabilities }] of trajectory.entries()) {
        const leads = alone.map((one) => lead(one.trajectory[exit]!.probabilities));
        leads.forEach((one, w) => expect(Math.abs(lead(windows![w]!.probabilities[exit]!) - one), `text ${i}, exit ${exit}, window ${w}`).toBeLessThan(0.02));
        expect(Math.abs(lead(probabilities) - leads.reduce((a, b) => a + b, 0)), `text ${i}, exit ${exit}`).toBeLessThan(0.05);
      }
    }
    expect(verdicts.at(-1)).toMatchObject({ truncated: true, windows: Array.from({ length: LIMITS.windows }, () => ({})) });
  });

  test(`${device}: it leaves as a whole, where its own trajectory says`, async ({ harness, page }) => {
    await inWindows(page, LIMITS);
    await harness.load(FIXTURE, { device });
    for (const speed of [0.1, 0.4, 0.9]) {
      for (const verdict of await harness.trace(TEXTS, { speed })) {
        expect(replay(verdict.trajectory, uniform(speed, LAST))!.exit).toBe(verdict.exit);
        expect(verdict.depth).toBe(verdict.exit);
        for (const { probabilities } of verdict.windows ?? []) expect(probabilities).toHaveLength(verdict.trajectory.length);
      }
    }
  });

  test(`${device}: its state is the mean over all of its tokens`, async ({ harness, page }) => {
    await inWindows(page, LIMITS);
    await harness.load(FIXTURE, { device });
    const states = (texts: string[]) =>
      page.evaluate(async (wanted) => (await fastbert.classify!.trace(wanted, { speed: 0, state: true })).map(({ state, tokens }) => ({ state: [...state!], tokens })), texts);
    const [verdict] = await harness.trace([LONG], { speed: 0 });
    const [whole, ...alone] = [...(await states([LONG])), ...(await states(slicesOf(LONG, verdict!)))];
    whole!.state.forEach((value, i) => {
      const sum = alone.reduce((all, { state, tokens }) => all + tokens * state[i]!, 0);
      expect(Math.abs(value - sum / whole!.tokens)).toBeLessThan(0.01);
    });
  });
}

test('on WASM a long text gets the same to the bit among others, in another order, shared among workers, streamed', async ({ harness, page }) => {
  await inWindows(page, LIMITS);
  await harness.load(FIXTURE, { device: 'wasm', workers: 2, speed: 0.4 });
  const texts = [...TEXTS, ...mixedTexts(CHUNK).map((text, i) => `${text} ${i}`)];
  const together = told(await harness.trace(texts));
  expect(page.workers()).toHaveLength(2);
  expect(told(await harness.trace(texts.toReversed())).toReversed()).toEqual(together);
  const streamed = await page.evaluate(async (wanted) => {
    const verdicts: Verdict[] = [];
    for await (const verdict of fastbert.classify!.stream(wanted)) verdicts.push(verdict);
    return verdicts;
  }, texts);
  expect(told(streamed)).toEqual(together);
  for (const [i, text] of TEXTS.entries()) expect(told(await harness.trace([text]))).toEqual([together[i]]);
});

test('a text of one window gets to the bit what a model without windows gives', async ({ harness, page }) => {
  const short = SENTENCES.filter((text) => text.length < 40);
  await harness.load(FIXTURE, { device: 'wasm' });
  const before = await harness.trace(short, { mode: 'explore' });
  await inWindows(page, LIMITS);
  expect(await harness.load(FIXTURE, { device: 'wasm' })).toMatchObject({ windows: LIMITS.windows });
  const after = await harness.trace(short, { mode: 'explore' });
  expect(after.map(({ trajectory, tokens }) => ({ trajectory, tokens }))).toEqual(before.map(({ trajectory, tokens }) => ({ trajectory, tokens })));
  for (const { windows } of [...before, ...after]) expect(windows).toBeUndefined();
});

test('cancelled while a layer is on its way, each text told once that it waits; the next call is as any', async ({ harness, page }) => {
  await inWindows(page, LIMITS);
  const release = await holdLayer(page, 'e2e/models/fixture', 2);
  await harness.load(FIXTURE, { device: 'wasm', prefetch: 'none', workers: 1 });
  const waited = await page.evaluate(async (texts) => {
    const waits: number[] = [];
    const controller = new AbortController();
    const name = await fastbert
      .classify!.trace(texts, {
        speed: 1e-9,
        signal: controller.signal,
        onExit: ({ index, waitsFor }) => {
          if (waitsFor === undefined) return;
          waits.push(index);
          controller.abort();
        },
      })
      .then(() => 'answered', (error: Error) => error.name);
    return { waits, name };
  }, [LONG, 'Dull.']);
  expect(waited.name).toBe('AbortError');
  expect(new Set(waited.waits).size).toBe(waited.waits.length);
  release();
  const [verdict] = await harness.trace([LONG], { speed: 0 });
  expect(verdict!.windows!.length).toBeGreaterThan(1);
  expect(verdict!.exit).toBe(LAST);
});

test('which words did it: each is left out of a text of all windows', async ({ harness, page }) => {
  await inWindows(page, LIMITS);
  await harness.load(FIXTURE, { device: 'wasm' });
  const [verdict] = await page.evaluate((text) => fastbert.classify!.trace([text], { words: true }), LONG);
  expect(verdict!.windows!.length).toBeGreaterThan(2);
  const { parts } = verdict!.words!;
  expect(parts.map(({ start, end }) => LONG.slice(start, end))).toContain('asked');
  // Also of the last window.
  expect(parts.at(-1)!.start).toBeGreaterThanOrEqual(verdict!.windows!.at(-1)!.start);
});

for (const [language, words] of [
  ['en', { title: 'Passage by passage', keys: /^Passages/, inFocus: 'Passage in focus', sum: /^Added up: /, alone: /^Passage 1 of \d, \d+ tokens, would alone say /, rest: /was not read/ }],
  ['zh', { title: '逐段来看', keys: /^段落/, inFocus: '焦点中的段落', sum: /^相加：/, alone: /^第 1 段（共 \d 段）/, rest: /没有读/ }],
] as const) {
  test(`the page shows a long text's passages, in ${language}, and nothing of it for a short one`, async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await inWindows(page, LIMITS);
    await page.goto(`?model=test-models/fixture&device=wasm#lang=${language}&text=Dull.&speed=0.5`);
    await expect(page.locator('.answer .headline')).toContainText('%');
    await expect(page.locator('.passages')).toHaveCount(0);
    expect(site.requests.filter((file) => /passages/.test(file))).toEqual([]);

    await page.getByRole('textbox').first().fill(LONG);
    const figure = page.locator('.passages');
    await expect(figure.getByRole('heading', { name: words.title })).toBeVisible();
    const passages = figure.locator('mark');
    expect((await passages.allTextContents()).join('')).toBe(LONG);
    await expect(figure.getByText(words.rest)).toHaveCount(0);
    const line = figure.getByRole('status', { name: words.inFocus });
    await expect(line).toHaveText(words.sum);
    await figure.getByRole('group', { name: words.keys }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(line).toHaveText(words.alone);
    await expect(passages.first()).toHaveClass(/focused/);
    await page.keyboard.press('Escape');
    await expect(line).toHaveText(words.sum);

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    await page.getByRole('textbox').first().fill(`${LONG} ${LONG}`);
    await expect(passages).toHaveCount(LIMITS.windows);
    await expect(figure.getByText(words.rest)).toBeVisible();
  });
}
