/** The page for everyone: axe finds nothing in any state, nothing is cut off at 200 % zoom, and it can all be heard. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });

/** States that are no other test's, each by the link that leads to it. */
const states: [name: string, hash: string, isThere: (page: Page) => Promise<void>][] = [
  ['two texts and two tasks', '#text=Good.&second=Not good.&beside=ag_news', (page) => expect(verdict(page)).toContainText('negative')],
  ['the story', '#step=5', (page) => expect(page.getByRole('region', { name: 'Tour' })).toBeVisible()],
  ['many texts, filtered to none', '#input=many&ours=sarcastic&contains=xyzzy', (page) => expect(page.getByText('No text is like that')).toBeVisible()],
  ['in Chinese', '#lang=zh', (page) => expect(page.getByRole('region', { name: '判定' })).toContainText('实测')],
  ['an empty box', '#text=', (page) => expect(verdict(page)).toContainText('Write a sentence')],
];

for (const [name, hash, isThere] of states) {
  test(`nothing that axe finds: ${name}`, async ({ page }) => {
    await page.goto(`?device=wasm${hash}`);
    await isThere(page);
    // What is drawn later.
    await expect(page.locator('.further figure').first()).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}

test('a model that fails to load says what to do, and axe finds nothing in that', async ({ page, site }) => {
  site.fault = (pathname) => (pathname.endsWith('.bin') ? 'missing' : undefined);
  await page.goto('?device=wasm');
  await expect(page.getByRole('alert')).toContainText(/did not arrive/);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('at 200 % zoom of a small laptop nothing is cut off, and the colours may be the visitor\'s own', async ({ page }) => {
  // 1280 by 720 at 200 %.
  await page.setViewportSize({ width: 640, height: 360 });
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('?device=wasm#input=many&ours=easy');
  await expect(page.getByRole('table', { name: 'Batch stream' }).locator('tbody tr').last()).toContainText('%');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  // The line keeps a colour of its own where all others are the system's.
  const line = page.locator('.threshold').first();
  const [stroke, canvas] = await line.evaluate((element) => [getComputedStyle(element).stroke, getComputedStyle(document.body).backgroundColor]);
  expect(stroke).not.toBe(canvas);
});

test('the whole job by keyboard: write, speed, many texts, one of them, and back', async ({ page }) => {
  await page.goto('?device=wasm');
  await expect(verdict(page)).toContainText('measured');
  const press = (...keys: string[]) => keys.reduce(async (before, key) => (await before, page.keyboard.press(key)), Promise.resolve());
  await page.getByRole('radio', { name: 'One text' }).focus();
  await press('Tab');
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Dull, clumsy and far too long.');
  await expect(verdict(page)).toContainText('negative');
  await expect(page.getByRole('status', { name: 'Result' })).toContainText(/negative, \d+\s%, left/);
  const slider = page.getByRole('slider', { name: 'Speed', exact: true });
  await slider.focus();
  await press('Home', 'ArrowUp');
  await expect(slider).toHaveAttribute('aria-valuetext', /^speed 0\.01: /);
  await page.getByRole('radio', { name: 'One text' }).focus();
  await press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Many texts' })).toBeChecked();
  await page.getByRole('button', { name: 'sarcastic' }).focus();
  await press('Enter');
  const stream = page.getByRole('group', { name: /^Batch stream/ });
  await expect(stream.locator('tbody tr').last()).toContainText('%');
  await stream.focus();
  await press('ArrowDown', 'ArrowDown', 'ArrowRight');
  await expect(page.getByRole('status', { name: 'In focus' })).toContainText('after the embeddings');
  await press('Escape');
  await expect(page.getByRole('status', { name: 'In focus' })).toHaveText('');
});
