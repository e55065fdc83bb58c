/** LUHA, beliefs and the map of a batch: linked by one focus, by mouse and by keyboard, with their numbers. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { luha, reliability, type Calibration } from '../src/core/index.js';
import { expect, test } from './fixtures.js';
import { slide } from './slide.js';

const FIXTURE_PAGE = '?model=test-models/fixture&device=wasm';
const calibration = JSON.parse(readFileSync('e2e/models/fixture/calibration.json', 'utf8')) as Calibration;
/** Of the fixture: exits 0 to 3. */
const LAYERS = 3;

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const figure = (page: Page, title: string) => page.getByRole('figure').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const beliefs = (page: Page) => figure(page, 'What each exit believes');
const map = (page: Page) => figure(page, 'All texts at once');
const trajectories = (page: Page) => figure(page, 'How it settles');
const honest = (page: Page) => figure(page, 'Is uncertainty honest?');

async function open(page: Page, hash: string): Promise<void> {
  await page.goto(FIXTURE_PAGE + hash);
  await expect(verdict(page)).toContainText('measured:');
}

async function openMany(page: Page, lines: readonly string[]): Promise<void> {
  await open(page, '#text=Dull.&speed=0.3');
  await page.getByRole('radio', { name: 'Many texts' }).check();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'many.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) });
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(
    `${lines.length.toLocaleString('en')} texts answered`,
  );
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
}

const texts = ['A gripping, funny film.', 'Dull.', 'Dull and "too" long.', 'It is not good.', 'Fine, but slow.', 'A joy.'];
const copies = (n: number): string[] => Array.from({ length: n }, (_, i) => `${texts[i % texts.length]} Number ${i}.`);

/** Puts the pointer on a place of a drawing, in shares of its size. */
async function pointAt(drawing: Locator, x: number, y: number): Promise<void> {
  await drawing.scrollIntoViewIfNeeded();
  const { width, height } = (await drawing.boundingBox())!;
  await drawing.hover({ position: { x: x * width, y: y * height } });
}

/** What is painted, all pixels' opacity taken together. */
const painted = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    return data.reduce((sum, value, i) => (i % 4 === 3 ? sum + value : sum), 0);
  });

test("LUHA's table holds the dev set's bins of the chosen exit, and the line's meaning follows the slider", async ({ page }) => {
  await open(page, '#text=Dull.&speed=0.5');
  const luhaFigure = honest(page);
  await expect(luhaFigure.getByRole('radio')).toHaveCount(LAYERS + 1);
  await expect(luhaFigure.getByRole('radio', { name: 'layer 1' })).toBeChecked();
  await luhaFigure.getByRole('radio', { name: 'layer 2' }).check();
  await luhaFigure.getByText('The numbers').click();
  const rows = luhaFigure.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(11);
  const bins = luha(calibration, 2);
  for (const [i, { n, right }] of bins.entries()) {
    const cells = await rows.nth(i + 1).getByRole('cell').allTextContents();
    expect(cells.slice(0, 2)).toEqual(n === 0 ? ['0', ''] : [String(n), String(right)]);
  }
  const under = (speed: number): string => `${reliability(calibration, 2, 0, speed).n} of ${calibration.n} texts`;
  await expect(luhaFigure.locator('.meaning')).toContainText(under(0.5));
  await slide(page, 0.2);
  await expect(luhaFigure.locator('.meaning')).toContainText(under(0.2));
  await slide(page, 0);
  await expect(luhaFigure.locator('.meaning')).toContainText('nothing leaves here');
  await luhaFigure.getByRole('radio', { name: 'layer 3' }).check();
  await expect(luhaFigure.locator('.meaning')).toContainText('there is no gate');
});

test('a layer pointed at in the beliefs is in focus everywhere, and gives way to a choice of exit', async ({ page }) => {
  await open(page, '#text=It%20is%20not%20good.&speed=0.2');
  await expect(beliefs(page).locator('.panel')).toHaveCount(LAYERS + 1);
  await pointAt(beliefs(page).getByRole('img'), 0.5, 0.5);
  await expect(trajectories(page).locator('.axes .focused')).toHaveText(/[12]/);
  await expect(trajectories(page).locator('.pointer')).toBeVisible();
  const layer = await trajectories(page).locator('.axes .focused').textContent();
  await expect(honest(page).getByRole('radio', { name: `layer ${layer}` })).toBeChecked();
  await expect(honest(page).locator('.text-here')).toBeVisible();
  await honest(page).getByRole('radio', { name: 'layer 3' }).check();
  await expect(honest(page).getByRole('radio', { name: 'layer 3' })).toBeChecked();
  await expect(beliefs(page).locator('.in-focus')).toHaveCount(0);
});

test('beliefs by keyboard, with the same numbers as the model gives', async ({ page }) => {
  await open(page, '#text=It%20is%20not%20good.&speed=0.2');
  await page.getByRole('group', { name: /^Beliefs/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(beliefs(page).locator('.focused')).toHaveText(String(LAYERS));
  await page.keyboard.press('ArrowLeft');
  await expect(trajectories(page).getByRole('status', { name: 'In focus' })).toContainText('after layer 2');
  await page.keyboard.press('Escape');
  await expect(beliefs(page).locator('.in-focus')).toHaveCount(0);
  await beliefs(page).getByText('The numbers').click();
  const rows = beliefs(page).getByRole('table').getByRole('row');
  const [negative, positive] = await Promise.all(
    [1, 2].map(async (row) => (await rows.nth(row).getByRole('cell').allTextContents()).map(Number)),
  );
  expect(negative).toHaveLength(LAYERS + 1);
  negative!.forEach((p, exit) => expect(p + positive![exit]!).toBeCloseTo(1, 2));
});

test('a multi-label model shows each label with the line of one half', async ({ page }) => {
  await page.goto(`?model=test-models/mixed&device=wasm#text=${encodeURIComponent('set an alarm for six and then tell me the weather in paris')}&speed=0.3`);
  await expect(verdict(page)).toContainText('alarm, weather');
  const left = beliefs(page).locator('.panel-left');
  await expect(left.locator('.half')).toHaveCount(5);
  await expect(left.locator('.said')).toHaveCount(2);
  await expect(beliefs(page).locator('.class-name').first()).toHaveText(/alarm|weather/);
});

test('the map sorts by depth, follows the slider, and shares its focus', async ({ page }) => {
  await openMany(page, copies(40));
  const drawing = map(page).getByRole('img');
  const before = (await drawing.getAttribute('aria-label'))!;
  const counts = [...before.matchAll(/(\d+) left/g)].map(([, n]) => Number(n));
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(40);
  const strong = await painted(map(page).locator('canvas'));
  expect(strong).toBeGreaterThan(0);
  // At speed 1 the embeddings' exit lets nearly all go: what lies beyond it is faint.
  await slide(page, 1);
  await expect(drawing).not.toHaveAttribute('aria-label', before);
  expect(await painted(map(page).locator('canvas'))).toBeLessThan(strong);
  await slide(page, 0.3);

  await page.getByRole('group', { name: /^Map/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  const first = (await verdict(page).locator('blockquote').textContent())!;
  const row = page.getByRole('table', { name: 'Batch stream' }).locator('tr.focused');
  await expect(row).toContainText(first);
  const shallowest = /(\d+) left (at the embeddings|after layer \d)/.exec(before)![2]!;
  await expect(verdict(page)).toContainText(`left ${shallowest}`);
  await expect(map(page).locator('.row-in-focus .cell')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(verdict(page).locator('blockquote')).not.toHaveText(first);
  await page.keyboard.press('Escape');
  await expect(map(page).locator('.row-in-focus')).toHaveCount(0);

  await pointAt(drawing, 0.6, 0.9);
  await expect(map(page).locator('.row-in-focus')).toHaveCount(1);
  await expect(map(page).locator('.focus-words')).not.toBeEmpty();
  await expect(beliefs(page).locator('.panel')).toHaveCount(LAYERS + 1);
  await page.mouse.move(0, 0);

  await map(page).getByText('The numbers').click();
  const sums = await map(page).getByRole('table').getByRole('row').evaluateAll((rows) =>
    rows.slice(1).map((one) => Number(one.querySelector('td')!.textContent)),
  );
  expect(sums).toEqual(counts);
});

test('very many texts share lines, on canvases that a drag of the slider does not paint in vain', async ({ page }) => {
  await page.addInitScript(() => {
    const { stroke } = CanvasRenderingContext2D.prototype;
    const counted = globalThis as { strokes?: number };
    CanvasRenderingContext2D.prototype.stroke = function (path?: Path2D) {
      counted.strokes = (counted.strokes ?? 0) + 1;
      stroke.call(this, path!);
    };
  });
  await openMany(page, copies(1000));
  await expect(map(page).getByText('Up to 3 texts share a line')).toBeVisible();
  const lines = trajectories(page).locator('canvas.bundle');
  expect(await painted(lines)).toBeGreaterThan(0);
  await expect(trajectories(page).locator('path.taken')).toHaveCount(0);
  const strokes = (): Promise<number | undefined> => page.evaluate(() => (globalThis as { strokes?: number }).strokes);
  const drawn = await strokes();
  expect(drawn).toBeGreaterThanOrEqual(1000);
  const before = await map(page).getByRole('img').getAttribute('aria-label');
  for (const speed of [0.28, 0.25, 0.2]) await slide(page, speed);
  await expect(map(page).getByRole('img')).not.toHaveAttribute('aria-label', before!);
  expect(await strokes()).toBe(drawn);
  await pointAt(map(page).getByRole('img'), 0.6, 0.5);
  await expect(trajectories(page).locator('path.taken')).toHaveCount(1);
  expect(await strokes()).toBe(drawn);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing that axe finds with the figures' numbers open, ${colorScheme}; at 320 px nothing is cut off`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openMany(page, texts);
    await page.getByRole('group', { name: /^Map/ }).focus();
    await page.keyboard.press('ArrowDown');
    for (const one of [beliefs(page), map(page), honest(page)]) {
      await one.getByText('The numbers').click();
      await expect(one.getByRole('table')).toBeVisible();
    }
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect(page.getByRole('slider', { name: 'Speed' })).toHaveAttribute('aria-orientation', 'horizontal');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
}

test('another colour scheme paints the canvases anew', async ({ page }) => {
  await openMany(page, texts);
  const canvas = map(page).locator('canvas');
  const colour = (): Promise<number[]> =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
      const at = data.findIndex((value, i) => i % 4 === 3 && value > 100);
      return Array.from(data.slice(at - 3, at));
    });
  await page.emulateMedia({ colorScheme: 'light' });
  const [red] = await colour();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await colour())[0]).toBeGreaterThan(red! + 50);
});
