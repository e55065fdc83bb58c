/**
 * `npm run -s bench:frames`: how long the page's frames take while the speed slider is dragged over the trajectories
 * of many texts, with the processor slowed down as it would be on a weak laptop; and how much of the main thread's
 * time in a frame is the page's own script, the rest being Chromium's style, layout, paint and compositing.
 */

import { chromium, type CDPSession, type Page } from '@playwright/test';
import path from 'node:path';
import { quantile } from '../src/page/measure/statistics.js';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';
import { ownSentences } from './samples.js';
import { serve } from './serve.js';

const TEXTS = [1, 200, 1000];
/** How many times slower Chromium makes its main thread. */
const SLOWDOWNS = [1, 4];
/** Over the whole slider and back: a step, and all that follows from it, a frame. */
const STEPS = 200;
/** A frame that a person sees as a stop: Chromium calls those beyond it long. */
const LONG = 50;

const site = await serve([{ at: '/', folder: path.join(path.dirname(import.meta.dirname), 'dist') }]);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: LAUNCH_ARGS });
try {
  console.log(`Chromium ${browser.version()}, ${STEPS} steps of the slider, one a frame; milliseconds from frame to frame`);
  console.log('texts  slowed  median     p95     max  over 50 ms  script  the rest');
  for (const count of TEXTS) {
    const page = await withTexts(count);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    for (const rate of SLOWDOWNS) {
      await session.send('Emulation.setCPUThrottlingRate', { rate });
      const before = await mainThread(session);
      const times = await drag(page);
      const after = await mainThread(session);
      const [middle, high, most] = [0.5, 0.95, 1].map((q) => quantile(times, q).toFixed(1));
      const long = times.filter((ms) => ms > LONG).length;
      const [script, rest] = (['script', 'rest'] as const).map((part) => ((after[part] - before[part]) / STEPS).toFixed(1));
      console.log(
        [count, `${rate}x`, middle, high, most, `${long} of ${times.length}`, script, rest]
          .map((cell, i) => String(cell).padStart([5, 6, 6, 6, 6, 10, 6, 8][i]!))
          .join('  '),
      );
    }
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}

/** The page with so many texts answered and all of their layers run, its trajectories in sight. */
async function withTexts(count: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
  await page.goto(`${site.url}?device=wasm#speed=0.05&input=${count > 1 ? 'many' : 'one'}`);
  if (count > 1) {
    await page.getByRole('textbox', { name: 'Texts, one a line' }).fill(ownSentences(count).join('\n'));
    await page.getByRole('button', { name: 'Classify', exact: true }).click();
    await page.getByRole('region', { name: 'Summary' }).getByText(`${count.toLocaleString('en')} texts answered`, { exact: true }).waitFor({ timeout: 300_000 });
  } else {
    await page.getByRole('region', { name: 'Verdict' }).getByText('measured').waitFor();
  }
  await page.locator('.trajectories').evaluate((figure) => figure.scrollIntoView());
  return page;
}

/** Milliseconds of the page's main thread so far. */
async function mainThread(session: CDPSession): Promise<{ script: number; rest: number }> {
  const { metrics } = await session.send('Performance.getMetrics');
  const [task, script] = ['TaskDuration', 'ScriptDuration'].map((name) => 1000 * metrics.find((one) => one.name === name)!.value);
  return { script: script!, rest: task! - script! };
}

/** From each frame to the next while the slider moves at every one. */
function drag(page: Page): Promise<number[]> {
  return page.getByRole('slider', { name: 'Speed', exact: true }).evaluate(async (input: HTMLInputElement, steps) => {
    const frames: number[] = [];
    for (let step = 0; step <= steps; step++) {
      input.value = String(1 - Math.abs(1 - (2 * step) / steps));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      frames.push(await new Promise<number>((shown) => requestAnimationFrame(shown)));
    }
    return frames.slice(1).map((at, i) => at - frames[i]!);
  }, STEPS);
}
