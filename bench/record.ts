/**
 * `npm run -s record`: runs each task's first example sentences through its model and keeps what every exit
 * believed, for the page to play before a visitor has downloaded anything.
 */

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { tasks } from '../src/page/tasks/index.js';
import type { RecordedRun } from '../src/page/tasks/task.js';
import { command } from './command.js';
import { HarnessPage } from './harness-page.js';
import { isolation } from './isolation.js';
import { serve } from './serve.js';

const ROOT = path.dirname(import.meta.dirname);
/** Of a task's examples. */
const SENTENCES = 4;
/** Classes kept of each belief, the likeliest: 150 would make a long file of noughts. */
const CLASSES = 5;
const SPEED = 0.5;

await command(async () => {
  const mounts = [
    { at: '/models/', folder: path.join(ROOT, 'public/models') },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  const site = await serve(mounts, undefined, isolation);
  const page = await HarnessPage.open();
  try {
    for (const { id, examples } of tasks) {
      const { deviceDescription } = await page.load(`${site.url}harness.html`, `${site.url}models/${id}/`, 'wasm');
      const texts = examples.slice(0, SENTENCES).map(({ text }) => text);
      const [browser] = page.browser.split('.');
      const device = `${browser}, WASM, ${deviceDescription}, ${cpus()[0]!.model.trim()}`;
      const file = path.join(ROOT, `src/page/tasks/recorded/${id.replace('_', '-')}.json`);
      writeFileSync(file, `${JSON.stringify(await record(page, texts, device))}\n`);
      console.log(`${path.relative(ROOT, file)}: ${texts.length} sentences on ${device}`);
    }
  } finally {
    await page.close();
    await site.close();
  }
});

async function record({ page }: HarnessPage, texts: string[], device: string): Promise<RecordedRun> {
  const { labels, layers, verdicts } = await page.evaluate(
    async ([all, speed]) => {
      const { info, trace } = fastbert.classify!;
      return { ...info, calibration: undefined, verdicts: await trace(all, { speed, mode: 'explore' }) };
    },
    [texts, SPEED] as const,
  );
  const trajectories = verdicts.map(({ trajectory }) => trajectory);
  const likeliest = trajectories.flat().flatMap(({ probabilities }) =>
    labels.map((_, i) => i).toSorted((a, b) => probabilities[b]! - probabilities[a]!).slice(0, CLASSES),
  );
  const kept = [...new Set(likeliest)].toSorted((a, b) => a - b);
  const short = (value: number): number => Math.round(value * 1e4) / 1e4;
  return {
    device,
    speed: SPEED,
    layers,
    labels: kept.map((i) => labels[i]!),
    samples: texts.map((text, sample) => ({
      text,
      trajectory: trajectories[sample]!.map(({ exit, uncertainty, probabilities }) => ({
        exit,
        uncertainty: short(uncertainty),
        probabilities: kept.map((i) => short(probabilities[i]!)),
      })),
    })),
  };
}
