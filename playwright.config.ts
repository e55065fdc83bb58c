/** Browser tests: one real Chromium, one test at a time, since the software GPU takes both cores. */

import { defineConfig } from '@playwright/test';
import { findChromium, LAUNCH_ARGS } from './bench/chromium.mjs';

const executablePath = await findChromium();
if (executablePath === undefined) {
  throw new Error('No Chrome or Chromium found; run npm run setup -- --browser first.');
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  timeout: 120_000,
  // Pictures may differ by some pixels' edges: another Chromium draws letters a little differently.
  expect: { timeout: 20_000, toHaveScreenshot: { maxDiffPixelRatio: 0.03, animations: 'disabled', caret: 'hide' } },
  snapshotPathTemplate: '{testDir}/screenshots/{arg}{ext}',
  reporter: 'list',
  use: {
    launchOptions: { executablePath, args: LAUNCH_ARGS },
    // What a test spoils on its way must not come out of a cache; e2e/static-host.spec.ts is about the worker.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
  },
});
