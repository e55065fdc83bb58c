/** What a visitor does, on the built page with the tiny model. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Measurement } from '../src/page/measure/measure.js';
import { expect, test } from './fixtures.js';
import { holdLayer } from './hold-layer.js';
import { slide } from './slide.js';

const FIXTURE_PAGE = '?model=test-models/fixture&device=wasm';

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });

async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(FIXTURE_PAGE + hash);
  await expect(verdict(page)).toContainText(/positive|negative/);
}

test('writes a sentence and sees it settle, without asking anyone else', async ({ page, site }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await open(page);
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A gripping, funny film.');
  await expect(verdict(page)).toContainText('positive');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Dull.');
  await expect(verdict(page)).toContainText('negative');
  await expect(verdict(page)).toContainText(/measured: .*\sms/);
  await expect(page.getByRole('group', { name: /^Trajectories/ })).toBeVisible();
  expect([...hosts]).toEqual([new URL(site.url).origin]);
  expect(complaints).toEqual([]);
});

test('moves the speed: replayed at once, then run again; at 0 all layers, at 1 none', async ({ page }) => {
  await open(page, '#text=It%20is%20not%20good.&speed=0.5');
  const slider = page.getByRole('slider', { name: 'Speed' });
  await expect(slider).toHaveAttribute('aria-valuetext', /speed 0\.5.*layers.*right/);

  await slide(page, 0);
  await expect(page.locator('.tag').first()).toContainText('replayed');
  await expect(verdict(page)).toContainText('layer 3 of 3');
  await expect(verdict(page)).not.toContainText('measured:');
  await slider.dispatchEvent('change');
  await expect(page.locator('.tag')).toHaveCount(0);
  await expect(verdict(page)).toContainText('measured:');

  await slider.focus();
  await page.keyboard.press('End');
  await expect(verdict(page)).toContainText(/embeddings/);
  await expect(page).toHaveURL(/speed=1/);
});

test('really stops at the exit when told to', async ({ page }) => {
  await open(page, '#text=A%20gripping%2C%20funny%20film.&speed=0.5');
  await expect(verdict(page)).toContainText('all 3');
  await page.getByRole('checkbox', { name: /Really stop/ }).check();
  await expect(verdict(page)).not.toContainText('all 3');
  await expect(verdict(page)).toContainText('measured:');
});

test('measures on this device, can be stopped, and saves what it found', async ({ page }) => {
  const release = await holdLayer(page, 'e2e/models/fixture', 3);
  await open(page);
  const panel = page.getByRole('region', { name: 'Speed on this device' });
  await panel.getByRole('button', { name: 'Measure on this device' }).click();
  await panel.getByRole('button', { name: 'Stop' }).click();
  await expect(panel.getByRole('progressbar')).toHaveCount(0);
  release();
  await panel.getByRole('button', { name: 'Measure on this device' }).click();
  await expect(panel.getByRole('row')).toHaveCount(6);
  const download = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'Save as JSON' }).click();
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Measurement;
  expect(saved).toMatchObject({ model: 'fixture', device: 'wasm', rounds: 20 });
  expect(saved.speeds.map(({ speed }) => speed)).toEqual([0, 0.1, 0.3, 0.5, 0.8]);
  expect(saved.speeds[0]).toMatchObject({ layers: 3, ratio: 1 });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // Another device's figures are not this one's.
  await page.getByRole('combobox', { name: /Device|Run on/ }).selectOption('auto');
  await expect(panel.getByRole('row')).toHaveCount(0);
});

test('reads a labelled file, counts right and wrong, and lists text by text', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Many texts' }).check();
  await page.locator('input[type=file]').setInputFiles({
    name: 'mine.tsv',
    mimeType: 'text/tab-separated-values',
    buffer: Buffer.from('label\ttext\npositive\tA gripping, funny film.\n0\tDull.\npositive\tDull and "too" long.\n'),
  });
  const rows = page.getByRole('table', { name: 'Batch stream' }).getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('2 of 3 right');
  await expect(rows.nth(1)).toContainText('positive');
  await expect(rows.nth(2)).toContainText('negative');
});

test('reads a file as a spreadsheet writes it: UTF-16, semicolons, quoted cells', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Many texts' }).check();
  await page.locator('input[type=file]').setInputFiles({
    name: 'mine.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('\uFEFFLabel;Text\r\nPositive;"A ""gripping"";\r\nfunny film."\r\nnegative;Dull.\r\n;\r\n', 'utf16le'),
  });
  await expect(page.getByRole('table', { name: 'Batch stream' }).getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('2 of 2 right');
});

test('a file that cannot be read names its line, and the page goes on', async ({ page }) => {
  await open(page);
  await page.getByRole('radio', { name: 'Many texts' }).check();
  const file = page.locator('input[type=file]');
  await file.setInputFiles({
    name: 'broken.tsv',
    mimeType: 'text/tab-separated-values',
    buffer: Buffer.from('label\ttext\npositive\tFine.\nperhaps\tFine too.\n'),
  });
  await expect(page.getByRole('alert')).toContainText(/line 3/i);
  await file.setInputFiles({ name: 'fine.txt', mimeType: 'text/plain', buffer: Buffer.from('Fine.\nDull.\n') });
  await expect(page.getByRole('table', { name: 'Batch stream' }).getByRole('row')).toHaveCount(3);
});

test('cancels many texts, and classifies again', async ({ page }) => {
  const release = await holdLayer(page, 'e2e/models/fixture', 2);
  await open(page, '#speed=0.05');
  await page.getByRole('radio', { name: 'Many texts' }).check();
  const lines = Array.from({ length: 200 }, (_, i) => `Text number ${i}, neither long nor short.`).join('\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'many.txt', mimeType: 'text/plain', buffer: Buffer.from(lines) });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('Cancelled');
  release();
  await page.getByRole('radio', { name: 'One text' }).check();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A gripping, funny film.');
  await expect(verdict(page)).toContainText('positive');
});

test('an empty box is no error; a long text says what was read', async ({ page }) => {
  await open(page);
  const box = page.getByRole('textbox', { name: 'Text', exact: true });
  await box.fill('   ');
  await expect(verdict(page)).not.toContainText(/positive|negative/);
  await expect(page.getByRole('alert')).toBeEmpty();
  await box.fill('a very good film '.repeat(60));
  await expect(verdict(page)).toContainText(/only the first 64/);
});

test('a failed download says what to do, and trying again works', async ({ page, site }) => {
  site.fault = (path) => (path.endsWith('.bin') ? 'missing' : undefined);
  await page.goto(FIXTURE_PAGE);
  await expect(page.getByRole('alert')).toContainText('404');
  site.fault = () => undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(verdict(page)).toContainText(/positive|negative/);
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('the state of the page is in its address', async ({ page }) => {
  await open(page, '#text=Dull.&speed=0.8');
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('Dull.');
  await expect(page.getByRole('spinbutton', { name: 'Speed as a number' })).toHaveValue('0.8');
  await expect(verdict(page)).toContainText('negative');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing that axe finds, ${colorScheme}, one text and many`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole('radio', { name: 'Many texts' }).check();
    await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'all' }).click();
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('of 52 right');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test('at 320 px nothing is cut off, and the slider stays at hand', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await expect(page.getByRole('slider', { name: 'Speed' })).toBeInViewport();
});
