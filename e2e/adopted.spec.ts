/** A classifier as transformers saves it, adopted: what Python said of its texts at every exit, browsers say too. */

import { readFileSync } from 'node:fs';
import type { Calibration } from '../src/core/index.js';
import type { Device } from '../src/index.js';
import { expect, test } from './fixtures.js';

const ADOPTED = '/test-models/adopted/';
/** As in training/tests/adopted_fixture.py. */
const TEXTS = ['A gripping, funny film.', 'Two hours of my life, gone.', 'The plot is thin, the jokes are old', 'Short.', ''];
const expected = JSON.parse(
  readFileSync(new URL('models/adopted/calibration.json', import.meta.url), 'utf8'),
) as Calibration;

for (const device of ['wasm', 'webgpu'] satisfies Device[]) {
  test(`${device}: narrow embeddings, GELU by tanh and the model's own head`, async ({ harness }) => {
    const info = await harness.load(ADOPTED, { device });
    expect(info).toMatchObject({ device, layers: 2, gold: 'model', labels: ['LABEL_0', 'LABEL_1', 'LABEL_2'] });
    const verdicts = await harness.trace(TEXTS, { mode: 'explore' });
    verdicts.forEach(({ trajectory }, i) => {
      expect(trajectory).toHaveLength(3);
      for (const [exit, belief] of trajectory.entries()) {
        // WASM multiplies integers, as Python did for the calibration; WebGPU floats.
        expect(Math.abs(belief.uncertainty - expected.uncertainties[exit]![i]!), `text ${i}, exit ${exit}`).toBeLessThan(device === 'wasm' ? 1e-3 : 0.05);
      }
      expect(info.labels.indexOf(verdicts[i]!.label)).toBe(expected.predictions[2]![i]!);
    });
  });
}

for (const [language, words] of [
  ['en', { speed: 'Speed', curve: /^Agreement by mean depth.*agreement, after/, luha: /^Agreement by uncertainty/, agrees: /agree/, claims: /\b(right|accurate|correct)\b|(?<!not )accuracy/i }],
  ['zh', { speed: '速度', curve: /^开发集上一致率/, luha: /一致率随不确定度/, agrees: /一致/, claims: /正确|答对|(?<!不是)准确/ }],
] as const) {
  test(`the page says agreement and never that an answer is right, in ${language}`, async ({ page }) => {
    await page.goto(`?model=test-models/adopted&device=wasm#lang=${language}&text=Short.&speed=0.5`);
    const slider = page.getByRole('slider', { name: words.speed });
    await expect(slider).toHaveAttribute('aria-valuetext', words.agrees);
    const further = page.locator('.further');
    await expect(further.getByRole('img', { name: words.curve })).toBeVisible();
    await further.getByRole('img', { name: words.luha }).scrollIntoViewIfNeeded();
    for (const figure of [page.locator('.exit-histogram'), further]) {
      for (const numbers of await figure.locator('summary').all()) await numbers.click();
      await expect(figure).toContainText(words.agrees);
      const said = [await figure.innerText(), ...(await figure.locator('[aria-label]').evaluateAll((all) => all.map((one) => one.ariaLabel!)))];
      expect(said.filter((one) => words.claims.test(one))).toEqual([]);
    }
  });
}

test('what a visitor has labelled is right or wrong also there', async ({ page }) => {
  await page.goto('?model=test-models/adopted&device=wasm#input=many');
  const file = `label\ttext\n${TEXTS.slice(0, 4).map((text) => `LABEL_0\t${text}`).join('\n')}\n`;
  await page.locator('input[type=file]').setInputFiles({ name: 'mine.tsv', mimeType: 'text/tab-separated-values', buffer: Buffer.from(file) });
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(/\d of 4 right/);
  await expect(page.locator('.exit-histogram')).toContainText('right below, wrong hatched on top');
});
