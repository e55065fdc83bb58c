/** Many texts as dots: where they lie, linked with the table by the one focus, and few parts however many there are. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, REAL, test } from './fixtures.js';
import { slide } from './slide.js';
import { mixedTexts, SENTENCES } from './texts.js';

const FIXTURE_PAGE = '?model=test-models/fixture&device=wasm';
const places = (page: Page) => page.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'What the model makes of them', exact: true }) });
const dots = (page: Page) => page.getByRole('group', { name: /^Dots/ });
const stream = (page: Page) => page.getByRole('table', { name: 'Batch stream' });

/** A file that is chosen is read at once. */
const choose = (page: Page, lines: readonly string[]): Promise<void> =>
  page.locator('input[type=file]').setInputFiles({ name: 'many.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) });

async function openMany(page: Page, lines: readonly string[], map = '&map=1', address = `${FIXTURE_PAGE}#speed=0.3`): Promise<void> {
  await page.goto(`${address}&input=many${map}`);
  await choose(page, lines);
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(`${lines.length.toLocaleString('en')} texts answered`);
}

const painted = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    return data.reduce((count, value, i) => (i % 4 === 3 && value > 0 ? count + 1 : count), 0);
  });

/** The places of all texts, out of the figure's table. */
async function table(page: Page): Promise<{ text: string; x: number; y: number }[]> {
  if (!(await places(page).getByRole('table').isVisible())) await places(page).getByText('The numbers').click();
  return places(page).getByRole('row').evaluateAll((rows) =>
    rows.slice(1).map((row) => {
      const cells = Array.from(row.children, (cell) => cell.textContent);
      return { text: cells[0]!, x: Number(cells[3]), y: Number(cells[4]) };
    }),
  );
}

test('it is read for when it is opened, and shows each text once, alike ones alike', async ({ page, site }) => {
  const texts = [...mixedTexts(30), 'Dull, dull.', 'Dull, dull.'];
  await openMany(page, texts, '');
  const fetched = (): number => site.requests.filter((file) => /\/(places-figure|projection)/.test(file)).length;
  expect(fetched()).toBe(0);
  await page.getByRole('button', { name: 'What does the model make of them?' }).click();
  await expect(places(page)).toBeVisible();
  expect(fetched()).toBeGreaterThan(1);
  await expect(page).toHaveURL(/map=1/);
  const found = await table(page);
  expect(found).toHaveLength(32);
  expect([found[31]!.x, found[31]!.y]).toEqual([found[30]!.x, found[30]!.y]);
  // Each text has a place of its own, wherever it comes again.
  const own = new Set(found.map(({ x, y }) => `${x} ${y}`));
  expect(own.size).toBe(new Set(texts).size);
  expect(new Set(found.map(({ text, x, y }) => `${text} ${x} ${y}`)).size).toBe(own.size);
  const label = (await places(page).getByRole('img').getAttribute('aria-label'))!;
  const counts = [...label.matchAll(/: (\d+)/g)].map(([, n]) => Number(n));
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(32);
  for (const look of await places(page).locator('canvas.look').all()) expect(await painted(look)).toBeGreaterThan(0);
});

test('a dot has the look of its text\'s answer, and a ring where fast and full disagree', async ({ page }) => {
  await openMany(page, SENTENCES, '&map=1', '?device=wasm#speed=1');
  const other = await page.context().newPage();
  await other.goto(new URL('harness/harness.html', page.url()).href);
  const verdicts = await other.evaluate(
    async ([model, all]) => {
      const classify = await fastbert.pipeline('text-classification', model, { device: 'wasm' });
      const [fast, full] = [await classify.trace(all, { speed: 1 }), await classify.trace(all, { speed: 0 })];
      return fast.map(({ label }, i) => ({ label, differs: label !== full[i]!.label }));
    },
    [REAL, SENTENCES] as const,
  );
  await other.close();
  const looks = places(page).getByRole('listitem');
  const counted = [...new Set(verdicts.map(({ label }) => label))].map((label) => `${label}: ${verdicts.filter((one) => one.label === label).length}`);
  await expect(looks).toHaveCount(counted.length);
  expect((await looks.allTextContents()).map((one) => one.trim()).toSorted()).toEqual(counted.toSorted());
  const ringed = verdicts.filter(({ differs }) => differs).length;
  expect(ringed).toBeGreaterThan(0);
  await expect(places(page)).toContainText(`Ringed: fast and full disagree, ${ringed} of 12 `);
  const rings = places(page).locator('canvas.rings');
  expect(await painted(rings)).toBeGreaterThan(0);
  // Read to the last layer, fast and full are the same.
  await slide(page, 0);
  await expect(places(page)).toContainText('Ringed: fast and full disagree, 0 of 12 ');
  await expect.poll(() => painted(rings)).toBe(0);
});

test('the focus is the table\'s: by keyboard, by pointer, and from there', async ({ page }) => {
  await openMany(page, mixedTexts(40).map((text, i) => `${i} ${text}`));
  await expect(places(page)).toBeVisible();
  await dots(page).focus();
  await page.keyboard.press('ArrowRight');
  const pointer = places(page).locator('.pointer');
  await expect(pointer).toHaveCount(1);
  const first = await stream(page).locator('tr.focused').textContent();
  const x = (): Promise<number> => pointer.getAttribute('cx').then(Number);
  const from = await x();
  await page.keyboard.press('ArrowRight');
  await expect(stream(page).locator('tr.focused')).not.toHaveText(first!);
  expect(await x()).toBeGreaterThanOrEqual(from);
  await page.keyboard.press('Escape');
  await expect(pointer).toHaveCount(0);

  const svg = places(page).getByRole('img');
  await page.getByRole('group', { name: /^Batch stream/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(pointer).toHaveCount(1);
  const at = { x: await x(), y: Number(await pointer.getAttribute('cy')) };
  await page.keyboard.press('Escape');
  await svg.scrollIntoViewIfNeeded();
  await svg.hover({ position: at });
  await expect(pointer).toHaveCount(1);
  expect(Math.hypot((await x()) - at.x, Number(await pointer.getAttribute('cy')) - at.y)).toBeLessThan(1);
  await expect(places(page).locator('.focus-words')).not.toBeEmpty();
});

test('a filter makes the others faint; the speed recolours, and letting it go places them anew', async ({ page }) => {
  await openMany(page, mixedTexts(40));
  const canvases = places(page).locator('canvas.look');
  await expect(canvases.first()).toBeVisible();
  const strong = async (): Promise<number> => {
    const all = await canvases.evaluateAll((list) =>
      list.map((element) => {
        const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, (element as HTMLCanvasElement).width, (element as HTMLCanvasElement).height);
        return data.reduce((sum, value, i) => (i % 4 === 3 ? sum + value : sum), 0);
      }),
    );
    return all.reduce((a, b) => a + b, 0);
  };
  const before = await strong();
  await page.getByRole('searchbox', { name: 'Contains' }).fill('popcorn');
  await expect.poll(strong).toBeLessThan(before / 1.5);
  await page.getByRole('searchbox', { name: 'Contains' }).fill('');
  await expect.poll(strong).toBeGreaterThan(before * 0.99);
  const there = await table(page);
  await slide(page, 1);
  await expect(places(page).locator('.tag')).toContainText('replayed');
  expect(await table(page)).toEqual(there);
  await page.getByRole('slider', { name: 'Speed' }).dispatchEvent('change');
  await expect(places(page)).toContainText('at speed 1.00');
  expect(await table(page)).not.toEqual(there);
});

test('five thousand texts are a handful of elements, painted once', async ({ page }) => {
  test.setTimeout(300_000);
  await page.addInitScript(() => {
    const { fill } = CanvasRenderingContext2D.prototype;
    const counted = globalThis as { fills?: number };
    CanvasRenderingContext2D.prototype.fill = function (...args: unknown[]) {
      counted.fills = (counted.fills ?? 0) + 1;
      fill.apply(this, args as [Path2D]);
    };
  });
  await openMany(page, mixedTexts(5000).map((text, i) => `${text} ${i}`));
  await expect(places(page).getByRole('img')).toBeVisible({ timeout: 120_000 });
  const count = await places(page).locator('.plot *').count();
  expect(count).toBeLessThan(40);
  const fills = (): Promise<number | undefined> => page.evaluate(() => (globalThis as { fills?: number }).fills);
  const drawn = (await fills())!;
  expect(drawn).toBeGreaterThanOrEqual(5000);
  await dots(page).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  await expect(places(page).locator('.pointer')).toHaveCount(1);
  expect(await fills()).toBe(drawn);
});

test('with reduced motion nothing moves by itself: no animation runs, and dots are at once where they belong', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const moved = { frames: 0, animations: 0 };
    const look = (): void => {
      moved.frames++;
      moved.animations += document.getAnimations().length;
      requestAnimationFrame(look);
    };
    look();
    // Once a painting.
    const { scale } = CanvasRenderingContext2D.prototype;
    Object.assign(globalThis, { moved, paints: 0 });
    CanvasRenderingContext2D.prototype.scale = function (...args) {
      if (this.canvas.closest('.places')) (globalThis as unknown as { paints: number }).paints++;
      scale.apply(this, args);
    };
  });
  await openMany(page, mixedTexts(40));
  await expect(places(page)).toBeVisible();
  const paints = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { paints: number }).paints);
  const canvases = await places(page).locator('canvas').count();
  const before = await paints();
  await page.getByRole('searchbox', { name: 'Contains' }).fill('popcorn');
  await expect(page.getByText('4 of 40 texts shown').last()).toBeVisible();
  await dots(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(places(page).locator('.pointer')).toHaveCount(1);
  expect(await paints()).toBeGreaterThan(before);
  expect((await paints()) - before).toBeLessThanOrEqual(canvases);
  const moved = await page.evaluate(() => (globalThis as unknown as { moved: { frames: number; animations: number } }).moved);
  expect(moved.frames).toBeGreaterThan(5);
  expect(moved.animations).toBe(0);
});

test('on a desktop the row is full: the dots, and beside them what is said', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openMany(page, mixedTexts(40));
  const box = async (part: Locator) => (await part.boundingBox())!;
  await expect(places(page).getByRole('img')).toBeVisible();
  const [row, plot, said] = [await box(page.locator('.batch-figures')), await box(places(page).getByRole('img')), await box(places(page).locator('figcaption'))];
  expect(said.x).toBeGreaterThan(plot.x + plot.width);
  expect(row.x + row.width - (said.x + said.width)).toBeLessThan(2);
  expect(plot.width).toBeGreaterThan(0.6 * row.width);
});

test.describe('by finger', () => {
  test.use({ hasTouch: true });
  test('a dot that is tapped is in focus', async ({ page }) => {
    await openMany(page, mixedTexts(12));
    await dots(page).focus();
    await page.keyboard.press('ArrowRight');
    const pointer = places(page).locator('.pointer');
    const position = { x: Number(await pointer.getAttribute('cx')), y: Number(await pointer.getAttribute('cy')) };
    await page.keyboard.press('Escape');
    await expect(pointer).toHaveCount(0);
    await places(page).getByRole('img').tap({ position });
    await expect(pointer).toHaveCount(1);
    await expect(stream(page).locator('tr.focused')).toHaveCount(1);
  });
});

for (const [name, more] of [['English', ''], ['Chinese', '&lang=zh']] as const) {
  test(`nothing that axe finds, in either colours and with its numbers open; at 320 px nothing is cut off: ${name}`, async ({ page }) => {
    await page.goto(`${FIXTURE_PAGE}#input=many&speed=0.3&map=1${more}`);
    await choose(page, mixedTexts(20));
    const map = page.locator('.places');
    await expect(map.locator('.scatter')).toBeVisible();
    await map.locator('summary').click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await expect(page.locator('.speed-bar')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });
}

test('in colours of the visitor\'s own the looks are seen, by their shapes', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openMany(page, mixedTexts(12));
  const looks = places(page).locator('.looks path');
  await expect(looks.first()).toBeVisible();
  const found = await looks.evaluateAll((all) => all.map((path) => ({ fill: getComputedStyle(path).fill, shape: path.getAttribute('d') })));
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(found.map(({ fill }) => fill)).not.toContain(paper);
  expect(new Set(found.map(({ shape }) => shape)).size).toBe(found.length);
});
