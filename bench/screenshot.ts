/** `npm run -s screenshot`: the README's pictures, of the built page with the models that ship; one of them moves. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { slide } from '../e2e/slide.js';
import { animate } from './animate.js';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';
import { serve } from './serve.js';

const DOCS = path.join(path.dirname(import.meta.dirname), 'docs');
const TEXT = 'The plot is thin, but the actors are a joy to watch.';
/** A drag of the slider, up and down again. */
const SPEEDS = Array.from({ length: 16 }, (_, i) => 0.5 - 0.45 * Math.cos((i / 8) * Math.PI));
const FRAME = 160;

const site = await serve([{ at: '/', folder: path.join(path.dirname(DOCS), 'dist') }]);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: LAUNCH_ARGS });
try {
  mkdirSync(DOCS, { recursive: true });
  await one();
  await many();
} finally {
  await browser.close();
  await site.close();
}

async function one(): Promise<void> {
  const page = await open({ width: 1180, height: 800 }, `#text=${encodeURIComponent(TEXT)}&speed=0.3`);
  await page.getByRole('region', { name: 'Verdict' }).getByText('measured').waitFor();
  await page.screenshot({ path: `${DOCS}/page.png` });
}

/** Our negated sentences while the line is dragged: replayed, as a visitor's are until the line is let go. */
async function many(): Promise<void> {
  const page = await open({ width: 760, height: 590 }, '#input=many&ours=negated&speed=0.05');
  const summary = page.getByRole('region', { name: 'Summary' });
  await summary.getByText(/^\d+ texts answered/).waitFor();
  await page.locator('.trajectories').evaluate((figure) => figure.scrollIntoView());
  const pictures: Buffer[] = [];
  for (const speed of SPEEDS) {
    await slide(page, speed);
    pictures.push(await page.screenshot());
  }
  writeFileSync(`${DOCS}/drag.png`, animate(pictures, FRAME));
}

async function open(viewport: { width: number; height: number }, hash: string): Promise<Page> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  await page.goto(`${site.url}?device=wasm${hash}`);
  return page;
}
