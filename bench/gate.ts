/**
 * `npm run bench:gate`: what a gate costs, as a share of a layer: multiply-adds by count, time by
 * measurement, on WASM in the real browser, layers with and without exit in turns in one run.
 */

import path from 'node:path';
import { chromium } from '@playwright/test';
import { exitMultiplyAdds, layerMultiplyAdds } from '../src/core/index.js';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';
import { isolation } from './isolation.js';
import { readManifest } from './read-package.js';
import { serve } from './serve.js';
import { quantile } from '../src/page/measure/statistics.js';

const ROOT = path.dirname(import.meta.dirname);
const LENGTHS = [16, 32, 64];
const ROUNDS = 200;

const manifest = readManifest(path.join(ROOT, 'public/models/sst2'));
const mounts = [
  { at: '/harness/', folder: path.join(ROOT, 'dist-bench') },
  { at: '/models/', folder: path.join(ROOT, 'public/models') },
];
const site = await serve(mounts, undefined, isolation);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: LAUNCH_ARGS });
try {
  const page = await browser.newPage();
  await page.goto(`${site.url}harness/gate.html`);
  const { engine, times } = await page.evaluate(
    (wanted) => gateCost.measure(wanted.url, wanted.lengths, wanted.rounds),
    { url: `${site.url}models/sst2/`, lengths: LENGTHS, rounds: ROUNDS },
  );
  console.log(`WASM, ${engine}, Chromium ${browser.version()}, ${ROUNDS} rounds in turns, medians (p25-p75)`);
  console.log('tokens  layer ms  with exit ms  time of a gate      multiply-adds of a gate');
  for (const { tokens, plain, gated } of times) {
    const shares = plain.map((ms, i) => (gated[i]! - ms) / ms);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => `${(100 * quantile(shares, q)).toFixed(1)} %`);
    const { architecture, labels } = manifest;
    const counted = exitMultiplyAdds(architecture, tokens, labels.length) / layerMultiplyAdds(architecture, tokens);
    console.log(
      [
        String(tokens).padStart(6),
        quantile(plain, 0.5).toFixed(3).padStart(8),
        quantile(gated, 0.5).toFixed(3).padStart(12),
        `${middle} (${low}-${high})`.padStart(14),
        `${(100 * counted).toFixed(2)} %`.padStart(12),
      ].join('  '),
    );
  }
} finally {
  await browser.close();
  await site.close();
}
