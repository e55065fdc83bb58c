/** A model that reads two texts together: a tiny one, which tells whether both name the same colour. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { TextPair } from '../src/index.js';
import { expect, FIXTURE, test } from './fixtures.js';

const PAIRS = '/test-models/pairs/';
/** What Python says of some pairs: every exit's logits (training/tests/pairs_fixture.py). */
const references = JSON.parse(readFileSync(new URL('models/pairs-in-python.json', import.meta.url), 'utf8')) as (TextPair & { ids: number[]; logits: number[][] })[];
const SAME = { text: 'The red car stands at the door.', text_pair: 'My coat is red.' };
const OTHER = { text: 'She wears a blue coat.', text_pair: 'Is it white?' };

const softmax = (logits: number[]): number[] => {
  const powers = logits.map((value) => Math.exp(value - Math.max(...logits)));
  return powers.map((power) => power / powers.reduce((a, b) => a + b));
};

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: pairs get what Python gives them, at every exit`, async ({ harness }) => {
    const info = await harness.load(PAIRS, { device });
    expect(info.textPair).toBe(true);
    const verdicts = await harness.trace(references.map(({ text, text_pair }) => ({ text, text_pair })), { mode: 'explore' });
    for (const [i, { trajectory, tokens, truncated }] of verdicts.entries()) {
      const { ids, logits } = references[i]!;
      expect(tokens).toBe(ids.length);
      expect(truncated).toBe(ids.length === info.maxTokens);
      for (const { exit, probabilities } of trajectory) {
        const wanted = softmax(logits[exit]!);
        probabilities.forEach((p, label) => expect(Math.abs(p - wanted[label]!)).toBeLessThan(device === 'wasm' ? 0.01 : 0.05));
      }
    }
  });
}

test('one pair, many, a stream: the shapes are those of texts', async ({ harness, page }) => {
  await harness.load(PAIRS, { device: 'wasm' });
  const said = await page.evaluate(
    async ([same, other]) => {
      const classify = fastbert.classify!;
      const streamed: string[] = [];
      for await (const { label } of classify.stream([same, other])) streamed.push(label);
      return { one: await classify(same), many: await classify([same, other]), all: await classify([same], { top_k: null }), streamed };
    },
    [SAME, OTHER] as const,
  );
  expect(said.one).toMatchObject([{ label: 'the same' }]);
  expect(said.many).toMatchObject([{ label: 'the same' }, { label: 'another' }]);
  expect(said.all[0]!.map(({ label }) => label)).toEqual(['the same', 'another']);
  expect(said.streamed).toEqual(['the same', 'another']);
});

test('a model of pairs refuses single texts, one of single texts pairs, by place and with what to pass; the next call works', async ({ harness, page }) => {
  const failures = (...calls: unknown[]) =>
    page.evaluate(
      (wanted) => Promise.all(wanted.map((call) => fastbert.classify!(call as string).then(() => 'answered', ({ name, message }: Error) => `${name}: ${message}`))),
      calls,
    );
  await harness.load(PAIRS, { device: 'wasm' });
  expect(await failures('a', [SAME, 'a'], [SAME, { text: 'a' }], SAME)).toEqual([
    'InputError: text 0 is string, not a pair: this model reads { text, text_pair }',
    'InputError: text 1 is string, not a pair: this model reads { text, text_pair }',
    'InputError: text_pair of text 1 is undefined, not a string',
    'answered',
  ]);
  expect((await harness.load(FIXTURE, { device: 'wasm' })).textPair).toBe(false);
  expect(await failures(['a', SAME], 'a')).toEqual(['InputError: text 1 is a pair, not a string: this model reads single texts', 'answered']);
});

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

async function noViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

test('the page has two boxes, and its address holds both texts', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`?model=test-models/pairs&device=wasm#${new URLSearchParams({ text: SAME.text })}`);
  await expect(verdict(page)).toContainText('Write two texts');
  await expect(page.getByRole('group', { name: 'Examples' })).toHaveCount(0);
  await box(page, 'Second text').fill(SAME.text_pair);
  await expect(verdict(page)).toContainText('the same');
  await box(page, 'First text').fill('The blue car stands at the door.');
  await expect(verdict(page)).toContainText('another');
  await noViolations(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('second')).toBe(SAME.text_pair);
  await page.goto('about:blank');
  await page.goBack();
  await expect(box(page, 'First text')).toHaveValue('The blue car stands at the door.');
  await expect(box(page, 'Second text')).toHaveValue(SAME.text_pair);
  await expect(verdict(page)).toContainText('another');

  await page.goto(`?model=test-models/pairs&device=wasm#${new URLSearchParams({ text: OTHER.text, second: OTHER.text_pair, lang: 'zh' })}`);
  await expect(box(page, '第二条文本')).toHaveValue(OTHER.text_pair);
});

test('many pairs come from lines with a tab, or from a file with a column text_pair', async ({ page }) => {
  await page.goto('?model=test-models/pairs&device=wasm#input=many&speed=0.3');
  const lines = box(page, 'Pairs, one a line, with a tab between the two texts');
  await lines.fill(`${SAME.text}\t${SAME.text_pair}\n${OTHER.text}`);
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(page.getByRole('alert')).toContainText('Line 2 is no pair');
  const file = ['label\ttext\ttext_pair', `the same\t${SAME.text}\t${SAME.text_pair}`, `another\t${OTHER.text}\t${OTHER.text_pair}`, ''].join('\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'pairs.tsv', mimeType: 'text/tab-separated-values', buffer: Buffer.from(file) });
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('2 of 2 right');
  await expect(page.getByRole('table', { name: 'Batch stream' })).toContainText(`${OTHER.text} | ${OTHER.text_pair}`);
  await noViolations(page);
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect(readFileSync(await (await coming).path(), 'utf8')).toContain('"text_pair"');
});

test('a model of single texts refuses a file of pairs', async ({ page }) => {
  await page.goto('?model=test-models/fixture&device=wasm#input=many');
  const buffer = Buffer.from('text\ttext_pair\none\ttwo\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'pairs.tsv', mimeType: 'text/tab-separated-values', buffer });
  await expect(page.getByRole('alert')).toContainText('Line 2 is a pair, and this model reads single texts');
});
