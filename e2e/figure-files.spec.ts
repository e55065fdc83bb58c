/** Every figure as a file: stands alone, and shows what the page shows. */

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { mixedTexts } from './texts.js';

/** Around the figure in its file, and below it for the source line, in pixels. */
const MARGIN = 16;
const SOURCE = 24;
/** In twice the size letters are smoothed a little otherwise. One pixel aside is above it. */
const TOLERANCE = 0.02;

// In one column figures begin at whole pixels from the left, as they do in their files.
test.use({ viewport: { width: 900, height: 800 } });

/** Each figure once in either colours: a text's, a batch's, and those that hundreds of texts draw otherwise. */
const kinds = [['one text', 'light'], ['many texts', 'dark'], ['hundreds of texts', 'light']] as const;

for (const [input, colorScheme] of kinds) {
  test(`each figure saves itself as SVG and PNG: ${input}, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(400_000);
    await page.emulateMedia({ colorScheme });
    await page.goto('?model=test-models/fixture&device=wasm#text=It%20is%20not%20good.&speed=0.5&why=answer&map=1');
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('measured');
    await expect(page.getByRole('figure', { name: 'Inside the gate' })).toBeVisible();
    if (input !== 'one text') {
      await page.getByRole('radio', { name: 'Many texts' }).check();
      const texts = mixedTexts(input === 'many texts' ? 12 : 320);
      await page.getByRole('textbox', { name: 'Texts, one a line' }).fill(texts.join('\n'));
      await page.getByRole('button', { name: 'Classify' }).click();
      await expect(page.getByRole('region', { name: 'Summary' })).toContainText('for all');
      await expect(page.getByRole('figure', { name: 'What the model makes of them' })).toBeVisible();
    }
    const figures = await page.getByRole('figure').all();
    expect(figures.length).toBeGreaterThanOrEqual(4);
    const names = new Set<string>();
    for (const figure of figures) {
      const svg = await saved(figure, 'SVG');
      names.add(svg.name);
      expect(await complaints(page, svg.bytes.toString())).toEqual([]);
      const [width, height] = await sizeOf(page, svg);
      const shown = await screenshot(page, figure, height! - 2 * MARGIN - SOURCE);
      expect(await difference(page, shown, { ...svg, x: -MARGIN, y: -MARGIN })).toBeLessThan(TOLERANCE);

      const png = await saved(figure, 'PNG');
      expect(png.name).toBe(svg.name.replace(/svg$/, 'png'));
      expect(await sizeOf(page, png)).toEqual([2 * width!, 2 * height!]);
      expect(await difference(page, shown, { ...png, x: -MARGIN, y: -MARGIN, scale: 0.5 })).toBeLessThan(TOLERANCE);
    }
    expect(names.size).toBe(figures.length);
  });
}

test('a canvas is in the file too; one that cannot be read is told in words', async ({ page }) => {
  await page.goto('?model=test-models/fixture&device=wasm#text=It%20is%20not%20good.');
  const figure = page.getByRole('figure', { name: 'How it settles' });
  await figure.locator('.plot').evaluate((plot) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
    canvas.getContext('2d')!.fillRect(0, 0, 40, 20);
    plot.append(canvas);
  });
  const svg = await saved(figure, 'SVG');
  expect(svg.bytes.toString()).toMatch(/<image x="[\d.]+" y="[\d.]+" width="40" height="20" [^>]*href="data:image\/png;base64,/);
  expect(await complaints(page, svg.bytes.toString())).toEqual([]);
  await page.evaluate(() => {
    // What a browser does with a canvas that holds pixels of another site.
    HTMLCanvasElement.prototype.toDataURL = () => {
      throw new DOMException('Tainted', 'SecurityError');
    };
  });
  await figure.getByRole('button', { name: 'SVG' }).click();
  await expect(figure.getByRole('alert')).toContainText('did not let this figure be read');
});

test('the text in focus is in the file, without what XML cannot hold', async ({ page }) => {
  await page.goto('?model=test-models/fixture&device=wasm');
  await page.getByRole('radio', { name: 'Many texts' }).check();
  await page.getByRole('textbox', { name: 'Texts, one a line' }).fill('It is\u0001 <b>not</b> good & long.\nDull.');
  await page.getByRole('button', { name: 'Classify' }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('for all');
  const figure = page.getByRole('figure', { name: 'How it settles' });
  await figure.getByRole('group', { name: /^Trajectories/ }).press('ArrowDown');
  const svg = (await saved(figure, 'SVG')).bytes.toString();
  expect(await complaints(page, svg)).toEqual([]);
  expect(svg).toContain('“It is &lt;b&gt;not&lt;/b&gt; good &amp; long.”');
});

test('a figure too large for the browser is told in words, and the page goes on', async ({ page }) => {
  await page.addInitScript(() => {
    // What a browser gives for a canvas beyond its limits.
    HTMLCanvasElement.prototype.toBlob = (done) => done(null);
  });
  await page.goto('?model=test-models/fixture&device=wasm#text=It%20is%20not%20good.');
  const figure = page.getByRole('figure', { name: 'How it settles' });
  await figure.getByRole('button', { name: 'PNG' }).click();
  await expect(figure.getByRole('alert')).toContainText('did not draw');
  await saved(figure, 'SVG');
  await expect(figure.getByRole('alert')).toHaveCount(0);
});

interface Picture {
  bytes: Buffer;
  type: string;
  /** Where it lies in what is compared, and how large. */
  x?: number;
  y?: number;
  scale?: number;
}

async function saved(figure: Locator, kind: 'SVG' | 'PNG'): Promise<Picture & { name: string }> {
  const download = figure.page().waitForEvent('download');
  // By keyboard: a pointer on its way there may let go of what is in focus.
  await figure.getByRole('button', { name: kind }).press('Enter');
  const file = await download;
  await expect(figure.getByRole('button', { name: kind })).toBeFocused();
  const type = kind === 'SVG' ? 'image/svg+xml' : 'image/png';
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()), type };
}

/** What would keep an SVG from standing alone. */
async function complaints(page: Page, svg: string): Promise<string[]> {
  return page.evaluate((text) => {
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    const found = [...file.querySelectorAll('parsererror, script, foreignObject, [class], [style]')].map((one) => one.outerHTML);
    // The typeface, and nothing else, is a rule, with its file inside.
    for (const { textContent } of file.querySelectorAll('style')) {
      if (!/^@font-face \{[^{}]*url\("?data:font\/woff2;base64,[^{}]*\}$/.test(textContent)) found.push(textContent);
    }
    for (const { name, value, ownerElement } of [...file.querySelectorAll('*')].flatMap((one) => [...one.attributes])) {
      const reference = /url\(#(.+)\)/.exec(value)?.[1];
      if (reference !== undefined && !file.getElementById(reference)) found.push(`${name}="${value}"`);
      const isOutside = name === 'href' ? !value.startsWith('data:') : /https?:|var\(/.test(value);
      if (isOutside && !name.startsWith('xmlns')) found.push(`${ownerElement!.localName} ${name}="${value}"`);
    }
    return found;
  }, svg);
}

function sizeOf(page: Page, picture: Picture): Promise<number[]> {
  return page.evaluate(async (src) => {
    const image = Object.assign(new Image(), { src });
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, source(picture));
}

/** What a figure shows without its controls, as high as its picture. */
async function screenshot(page: Page, figure: Locator, height: number): Promise<Picture & { width: number; height: number }> {
  await figure.evaluate((one) => {
    scrollTo(0, 0);
    one.classList.add('as-file');
    // On whole pixels, as in its file.
    const { top } = one.getBoundingClientRect();
    one.style.marginTop = `${Math.ceil(top) - top}px`;
  });
  const { x, y, width } = (await figure.boundingBox())!;
  const [left, top] = [Math.round(x), Math.round(y)];
  const bytes = await page.screenshot({ fullPage: true, clip: { x: left, y: top, width: Math.ceil(width), height } });
  await figure.evaluate((one) => {
    one.classList.remove('as-file');
    one.style.marginTop = '';
  });
  return { bytes, type: 'image/png', width: Math.ceil(width), height };
}

/** How many squares of four by four pixels differ, as a share of those in which the page shows anything. */
function difference(page: Page, shown: Picture & { width: number; height: number }, file: Picture): Promise<number> {
  return page.evaluate(
    async ({ pictures, width, height }) => {
      /** The mean colour of each square. */
      const squares = async ({ src, x = 0, y = 0, scale = 1 }: (typeof pictures)[number]): Promise<number[][]> => {
        const image = Object.assign(new Image(), { src });
        await image.decode();
        const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')!;
        pen.drawImage(image, x, y, image.naturalWidth * scale, image.naturalHeight * scale);
        const { data } = pen.getImageData(0, 0, width, height);
        const columns = Math.floor(width / 4);
        const sums = Array.from({ length: columns * Math.floor(height / 4) }, () => [0, 0, 0]);
        data.forEach((value, at) => {
          const [column, row] = [(at >> 2) % width, Math.floor((at >> 2) / width)].map((place) => Math.floor(place / 4));
          const sum = column! < columns && sums[row! * columns + column!];
          if (sum && at % 4 < 3) sum[at % 4]! += value / 16;
        });
        return sums;
      };
      const [one, other] = [await squares(pictures[0]!), await squares(pictures[1]!)];
      const differ = (a: number[], b: number[]): boolean => a.some((value, channel) => Math.abs(value - b[channel]!) > 32);
      return one.filter((square, i) => differ(square, other[i]!)).length / one.filter((square) => differ(square, one[0]!)).length;
    },
    { pictures: [shown, file].map(({ x, y, scale, ...picture }) => ({ src: source(picture), x, y, scale })), width: shown.width, height: shown.height },
  );
}

function source({ bytes, type }: Picture): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
