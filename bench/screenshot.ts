/** `npm run -s screenshot`: the README's picture, of the built page with the model that ships. */

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';
import { serve } from './serve.js';

const ROOT = path.dirname(import.meta.dirname);
const TEXT = 'The plot is thin, but the actors are a joy to watch.';

const site = await serve([{ at: '/', folder: path.join(ROOT, 'dist') }]);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: LAUNCH_ARGS });
try {
  const page = await browser.newPage({ viewport: { width: 1180, height: 800 } });
  await page.goto(`${site.url}?device=wasm#text=${encodeURIComponent(TEXT)}&speed=0.3`);
  await page.getByRole('region', { name: 'Verdict' }).getByText('measured').waitFor();
  mkdirSync(`${ROOT}/docs`, { recursive: true });
  await page.screenshot({ path: `${ROOT}/docs/page.png` });
} finally {
  await browser.close();
  await site.close();
}
