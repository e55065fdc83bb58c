/** The page with the models that it ships: one task after another. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Rivals } from '../src/page/rivals.js';
import { expect, test } from './fixtures.js';

test('every task answers its own examples; the link says which; they share their embeddings', async ({
  page,
  site,
}) => {
  await page.goto('?device=wasm');
  const verdict = page.getByRole('region', { name: 'Verdict' });
  const task = page.getByRole('combobox', { name: 'Task' });
  const text = page.getByRole('textbox', { name: 'Text', exact: true });
  await expect(verdict).toContainText(/positive|negative/);

  await task.selectOption('News topics');
  await expect(verdict).toContainText(/world|sports|business|sci\/tech/);
  await expect(page).toHaveURL(/task=ag_news/);
  await text.fill('Keeper saves two penalties as the champions go out on the road.');
  await expect(verdict).toContainText('sports');

  await task.selectOption('clinc150');
  await expect(text).toHaveValue(/^Keeper saves/);
  await text.fill('heads or tails');
  await expect(verdict).toContainText('flip_coin');
  await page.getByRole('radio', { name: 'Many texts' }).check();
  await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'all' }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(/(3[5-9]|4\d|5[0-2]) of 52 right/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // Seven exits, n-grams and six layers a task, and the embeddings, which are one file of all of them.
  const shards = (): string[] => site.requests.filter((path) => path.endsWith('.bin'));
  await expect.poll(() => [shards().length, new Set(shards()).size]).toEqual([3 * 14 + 1, 3 * 14 + 1]);
});

test('a link opens its task, at 320 px too', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('?device=wasm#task=clinc150&text=heads+or+tails&speed=0.3');
  await expect(page.getByRole('combobox', { name: 'Task' })).toHaveValue('clinc150');
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('flip_coin');
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('static models stand beside the curve, each in its table; without them the page works on', async ({ page }) => {
  const figure = page.getByRole('figure', { name: 'What speed buys' });
  for (const task of ['ag_news', 'sst2']) {
    const { models } = JSON.parse(readFileSync(`public/models/${task}/rivals.json`, 'utf8')) as Rivals;
    await page.goto(`?device=wasm#task=${task}`);
    await page.reload();
    await expect(figure.locator('.rival')).toHaveCount(models.length);
    await figure.getByText('The numbers').click();
    await expect(figure.getByRole('row', { name: /^3 layers 3\.\d\d / })).toBeVisible();
  }

  await page.route('**/rivals.json', (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await expect(page.getByText('The static models could not be loaded')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(/positive|negative/);
  await expect(figure.locator('.rival')).toHaveCount(0);
});
