/** Before anything is downloaded: a recorded run plays, and the page asks where it should. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';

const recorded = (page: Page) => page.getByRole('region', { name: 'Recorded run' });
const DIST = path.join(path.dirname(import.meta.dirname), 'dist');

/** A network that is paid by the byte. */
async function onAPhone(page: Page): Promise<void> {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { type: 'cellular', effectiveType: '4g' } }),
  );
}

test('a visitor on a metered network sees a recorded run, what the download takes, and says yes', async ({ page, site }) => {
  await onAPhone(page);
  await page.goto('?device=wasm');
  await expect(recorded(page)).toContainText(/left (at|after).*uncertainty/);
  const before = site.requests.filter((file) => file.startsWith('/models/'));
  expect(before).toEqual(['/models/sst2/manifest.json']);

  // All four sentences, and the slider moves them.
  await expect(page.getByRole('img', { name: /^Exit histogram of 4 texts/ })).toBeVisible();
  const histogram = page.getByRole('img', { name: /^Exit histogram/ });
  const at = await histogram.getAttribute('aria-label');
  await page.getByRole('slider', { name: 'Speed' }).fill('0.05');
  await expect(histogram).not.toHaveAttribute('aria-label', at!);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole('button', { name: /^Download the model \(at most \d+\.\d\sMB\)$/ }).click();
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(/measured: .*\sms/);
  await expect(recorded(page)).toHaveCount(0);
  // By need, as such a network asks for.
  expect(site.requests.filter((file) => file.includes('/shards/')).length).toBeGreaterThan(1);
});

test('what is fetched before the recorded run plays is less than 100 kB, the page\'s code of it less than 60', async ({ page, site }) => {
  await onAPhone(page);
  await page.goto('?device=wasm');
  await expect(recorded(page)).toBeVisible();
  const files = site.requests.map((file) => path.join(DIST, file === '/' ? 'index.html' : file));
  const bytes = (ending: RegExp): number =>
    files.filter((file) => ending.test(file)).reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  expect(bytes(/./)).toBeLessThan(100_000);
  expect(bytes(/\.(js|css)$/)).toBeLessThan(60_000);
});

test('nothing moves for those who asked for that', async ({ page }) => {
  await onAPhone(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('?device=wasm#task=clinc150');
  await expect(page.getByRole('img', { name: /^Exit histogram of 4 texts/ })).toBeVisible();
});

test('who has been here, or has a network to spare, is not asked', async ({ page, context }) => {
  await page.goto('?device=wasm');
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText(/measured/);
  const again = await context.newPage();
  await onAPhone(again);
  await again.goto('?device=wasm');
  await expect(again.getByRole('region', { name: 'Verdict' })).toContainText(/measured/);
  await expect(recorded(again)).toHaveCount(0);
});
