/**
 * `npm run -s icons`: icon.svg as PNGs, for iOS and for Androids that take no SVG from a web manifest; and the
 * social card.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';
import { CARD, socialCard } from './social-card.js';

const PUBLIC = path.join(path.dirname(import.meta.dirname), 'public');
/** Of the drawing's own square. */
const SIDE = 64;
const ICONS: { file: string; size: number; margin?: number }[] = [
  { file: 'icon-192.png', size: 192 },
  { file: 'icon-512.png', size: 512 },
  // Systems cut their own shapes out of these two. Of the first only a circle of 80 % is sure to be seen.
  { file: 'icon-maskable-512.png', size: 512, margin: 8 },
  { file: 'apple-touch-icon.png', size: 180, margin: 0 },
];

const svg = readFileSync(path.join(PUBLIC, 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: LAUNCH_ARGS });
try {
  const page = await browser.newPage();
  for (const { file, size, margin } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
    if (margin !== undefined) await page.evaluate(fill, [-margin, SIDE + 2 * margin] as const);
    await page.screenshot({ path: path.join(PUBLIC, file), omitBackground: margin === undefined });
  }
  await page.setViewportSize(CARD);
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${socialCard()}`);
  await page.screenshot({ path: path.join(PUBLIC, 'social-card.png') });
} finally {
  await browser.close();
}

/** Gives the drawing a wider square, and the background all of it, corners too. */
function fill([start, side]: readonly [number, number]): void {
  document.querySelector('svg')!.setAttribute('viewBox', `${start} ${start} ${side} ${side}`);
  const background = document.querySelector('rect')!;
  for (const [name, value] of Object.entries({ x: start, y: start, width: side, height: side, rx: 0 })) {
    background.setAttribute(name, String(value));
  }
}
