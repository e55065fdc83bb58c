/** Finds what is interesting among many texts, and takes it away: on the built page with the tiny model. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { holdLayer } from './hold-layer.js';
import { slide } from './slide.js';
import { mixedTexts } from './texts.js';

interface Saved {
  settings: { date: string; mode: string };
  texts: { text: string; label: string[] | null; answer: string[]; full: string[]; exit: number; ms: number | null; device: string }[];
}

const stream = (page: Page) => page.getByRole('table', { name: 'Batch stream' });
const rows = (page: Page) => stream(page).locator('tbody').getByRole('row');
const filters = (page: Page) => page.getByRole('group', { name: 'Filters' });
const summary = (page: Page) => page.getByRole('region', { name: 'Summary' });
const sorter = (page: Page, name: string) => stream(page).getByRole('columnheader', { name }).getByRole('button');

async function openMany(page: Page, speed = 0.9): Promise<void> {
  await page.goto(`?model=test-models/fixture&device=wasm#speed=${speed}`);
  await page.getByRole('radio', { name: 'Many texts' }).check();
}

/** Our sixty sentences, answered. */
async function openOurs(page: Page, speed?: number): Promise<void> {
  await openMany(page, speed);
  await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'all' }).click();
  await expect(summary(page).getByText('60 texts answered', { exact: true })).toBeVisible();
}

/** A column of the rows shown, by its place from the right: ms, uncertainty, exit, score, label. */
const column = (page: Page, fromRight: number) =>
  rows(page).evaluateAll((all, place) => all.map((row) => row.children[row.children.length - place]!.textContent!.trim()), fromRight);

async function save(page: Page, name: string): Promise<{ name: string; content: string }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), content: readFileSync(await file.path(), 'utf8') };
}

test('sorts by a column, by mouse and keyboard, and back to the order given', async ({ page }) => {
  await openOurs(page);
  const given = await column(page, 2);
  const numbers = (cells: string[]) => cells.map(Number);
  await sorter(page, 'uncertainty').click();
  await expect(stream(page).getByRole('columnheader', { name: 'uncertainty' })).toHaveAttribute('aria-sort', 'ascending');
  expect(numbers(await column(page, 2))).toEqual(numbers(given).toSorted((a, b) => a - b));
  await sorter(page, 'uncertainty').press('Enter');
  await expect(stream(page).getByRole('columnheader', { name: 'uncertainty' })).toHaveAttribute('aria-sort', 'descending');
  expect(numbers(await column(page, 2))).toEqual(numbers(given).toSorted((a, b) => b - a));

  const labels = async () => (await column(page, 5)).map((cell) => cell.trim());
  await sorter(page, 'label').press('Space');
  expect(await labels()).toEqual((await labels()).toSorted());
  await expect(stream(page).locator('[aria-sort]')).toHaveCount(1);
  await sorter(page, 'order given').click();
  expect(await column(page, 2)).toEqual(given);
});

test('arrow keys go through the rows in the order shown', async ({ page }) => {
  await openOurs(page);
  await page.getByRole('searchbox', { name: 'Contains' }).fill('the');
  await sorter(page, 'score').press('Enter');
  const [first, second] = await rows(page).getByRole('rowheader').allTextContents();
  const focus = page.getByRole('status', { name: 'In focus' });
  // Pointing at a row is a focus as well.
  await page.mouse.move(0, 0);
  await page.getByRole('group', { name: /^Batch stream/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(focus).toContainText(first!.slice(0, 20));
  await page.keyboard.press('ArrowDown');
  await expect(focus).toContainText(second!.slice(0, 20));
  await expect(rows(page).nth(1)).toHaveClass('focused');
  await page.keyboard.press('Escape');
  await expect(focus).toBeEmpty();
});

test('filters while the slider moves; finding nothing is told, with the way back', async ({ page }) => {
  await openOurs(page, 1);
  await expect(page.getByText('60 of 60 texts shown').first()).toBeVisible();
  await filters(page).getByRole('button', { name: 'wrong only' }).click();
  const wrong = 52 - Number(/(\d+) of 52 right/.exec((await summary(page).textContent())!)![1]);
  await expect(rows(page)).toHaveCount(wrong);
  await expect(page.getByRole('status', { name: 'Result' })).toHaveText(`${wrong} of 60 texts shown`);
  await expect(stream(page).getByRole('img', { name: 'wrong' })).toHaveCount(wrong);

  await filters(page).getByRole('button', { name: 'fast and full disagree' }).click();
  await expect(filters(page).getByRole('button', { name: 'wrong only' })).toHaveAttribute('aria-pressed', 'false');
  const differ = Number(/disagree on (\d+) of 60/.exec((await summary(page).textContent())!)![1]);
  expect(differ).toBeGreaterThan(0);
  await expect(rows(page)).toHaveCount(differ);
  await expect(rows(page).first()).toContainText(/full: (positive|negative)/);
  await filters(page).getByRole('combobox', { name: 'Label' }).selectOption('positive');
  for (const label of await column(page, 5)) expect(label).toMatch(/^positive/);

  // At speed 0 every text runs to the last layer: nothing is left to differ, before anything has run.
  await slide(page, 0);
  await expect(page.getByText('No text is like that: 0 of 60 texts shown')).toBeVisible();
  await expect(summary(page)).toContainText('disagree on 0 of 60');
  await expect(page.getByRole('button', { name: 'Save as CSV' })).toBeDisabled();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Show all 60' }).click();
  await expect(rows(page)).toHaveCount(60);
  await expect(page.getByRole('group', { name: /^Batch stream/ })).toBeFocused();
  await filters(page).getByRole('combobox', { name: 'Left at' }).selectOption('3');
  await expect(rows(page)).toHaveCount(60);
  await slide(page, 1);
  await expect(stream(page)).toBeHidden();
});

test('what is shown is saved as CSV and JSON, and the CSV is read again', async ({ page }) => {
  await openMany(page);
  const formula = '=HYPERLINK("http://example.com","Dull")';
  const content = `text,label\r\n"A gripping, funny film.",1\r\n"${formula.replaceAll('"', '""')}",0\r\nDull.,\r\n`;
  const file = page.locator('input[type=file]');
  await file.setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(summary(page).getByText('3 texts answered', { exact: true })).toBeVisible();
  const csv = await save(page, 'Save as CSV');
  expect(csv.name).toBe('fastbert-web-texts.csv');
  const lines = csv.content.split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe(
    '\uFEFF"text","label","answer","score","exit","uncertainty","ms","full","uncertainty_0","uncertainty_1","uncertainty_2","uncertainty_3"',
  );
  expect(lines[1]).toMatch(/^"A gripping, funny film\.","positive","positive",0\.\d+,[0-3],0\.\d+,[\d.]+,"positive"(,0\.\d+){4}$/);
  expect(lines[2]).toMatch(/^"'=HYPERLINK\(""http:\/\/example\.com"",""Dull""\)","negative",/);
  expect(lines[3]).toMatch(/^"Dull\.",,"negative",/);

  await page.getByRole('searchbox', { name: 'Contains' }).fill('DULL');
  await sorter(page, 'order given').click();
  await slide(page, 1);
  const json = JSON.parse((await save(page, 'Save the 2 shown as JSON')).content) as Saved;
  expect(json.settings).toMatchObject({ model: 'fixture', speed: 1, ranAt: 0.9, replayed: true, mode: 'explore', layers: 3 });
  expect(json.texts.map(({ device }) => device)).toEqual(['wasm', 'wasm']);
  expect(Math.abs(Date.parse(json.settings.date) - Date.now())).toBeLessThan(3_600_000);
  expect(json.texts.map(({ text, label, exit, ms }) => ({ text, label, exit, ms }))).toEqual([
    { text: 'Dull.', label: null, exit: 0, ms: null },
    { text: formula, label: ['negative'], exit: 0, ms: null },
  ]);

  await file.setInputFiles({ name: csv.name, mimeType: 'text/csv', buffer: Buffer.from(csv.content) });
  await expect(page.getByText('fastbert-web-texts.csv: 3 texts, 2 of them labelled.')).toBeVisible();
  await expect(rows(page).getByRole('rowheader')).toHaveText(['A gripping, funny film.', formula, 'Dull.']);
});

test('of 1,500 lines, which stop at their exits, all are read on when asked; then the differing ones are shown', async ({ page }) => {
  const release = await holdLayer(page, 'e2e/models/fixture', 3);
  await openMany(page, 1);
  await page.locator('input[type=file]').setInputFiles({
    name: 'many.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(mixedTexts(1500).map((text, i) => `${i} ${text}`).join('\n')),
  });
  await expect(summary(page).getByText('1,500 texts answered', { exact: true })).toBeVisible();
  await expect(summary(page)).not.toContainText('disagree');
  await expect(rows(page)).toHaveCount(1000);
  await expect(page.getByText('The first 1,000 rows; 500 more are in the figures.')).toBeVisible();
  await sorter(page, 'uncertainty').click();
  await sorter(page, 'uncertainty').click();
  const most = (await rows(page).first().getByRole('rowheader').textContent())!;

  await filters(page).getByRole('button', { name: 'fast and full disagree' }).click();
  await expect(page.getByText('The last layer has answered 0 of 1,500 texts.')).toBeVisible();
  const read = filters(page).getByRole('button', { name: 'Read all 1,500 texts to the last layer' });
  await read.click();
  await filters(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(summary(page)).toContainText(/Cancelled/);
  release();
  await read.click();
  await expect(summary(page).getByText('1,500 texts answered', { exact: true })).toBeVisible();
  await expect(read).toBeHidden();
  const differ = /disagree on ([\d,]+) of 1,500/.exec((await summary(page).textContent())!)![1]!;
  expect(differ).not.toBe('0');
  await expect(page.getByText(`${differ} of 1,500 texts shown`).first()).toBeVisible();

  // The order stayed, and what the last layer said stays known when the texts really stop again.
  await page.getByRole('button', { name: 'Show all 1,500' }).click();
  await expect(rows(page).first().getByRole('rowheader')).toHaveText(most);
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(summary(page)).toContainText(`fast and full disagree on ${differ} of 1,500`);
  await expect(summary(page)).not.toContainText('with the layers beyond');
  const saved = JSON.parse((await save(page, 'Save as JSON')).content) as Saved;
  expect(saved.settings.mode).toBe('fast');
  expect(saved.texts).toHaveLength(1500);
  expect(saved.texts.filter(({ answer, full }) => answer.join() !== full.join()).length.toLocaleString('en')).toBe(differ);
});

test('another batch begins with everything shown', async ({ page }) => {
  await openOurs(page);
  await page.getByRole('searchbox', { name: 'Contains' }).fill('nothing holds this');
  await expect(stream(page)).toBeHidden();
  await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'negated' }).click();
  await expect(rows(page)).toHaveCount(12);
  await expect(page.getByRole('searchbox', { name: 'Contains' })).toHaveValue('');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`filtered and sorted at 320 px there is nothing that axe finds, ${colorScheme}, and nothing is cut off`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 640 });
    await openOurs(page, 1);
    await sorter(page, 'score').click();
    await page.getByRole('checkbox', { name: /Really stop/ }).check();
    await filters(page).getByRole('button', { name: 'fast and full disagree' }).click();
    await expect(page.getByRole('button', { name: /^Save the \d+ shown as CSV/ })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });
}

test('the keys keep the focus where the table moves under a resting mouse', async ({ page }) => {
  await openOurs(page);
  await rows(page).nth(2).hover();
  const focused = stream(page).locator('tr.focused').getByRole('cell').first();
  await expect(focused).toHaveText('3');
  const table = page.getByRole('group', { name: /^Batch stream/ });
  await table.focus();
  for (let row = 0; row < 40; row++) await page.keyboard.press('ArrowDown');
  await expect(focused).toHaveText('43');
  await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
  await expect(focused).toHaveText('43');
  await page.mouse.move(0, 0);
  await expect(stream(page).locator('tr.focused')).toHaveCount(0);
});
