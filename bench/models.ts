/**
 * `npm run -s bench:models`: milliseconds a text of every model package in a folder, in the real
 * browser, on WASM. All are loaded at once and take turns text by text, so that whatever else
 * the machine does falls on all of them alike. Fills `msWasm` of a table that training wrote.
 */

import { readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { command } from './command.js';
import { HarnessPage } from './harness-page.js';
import { parseLabelledTexts } from './labelled-texts.js';
import { ProgressBar } from './progress-bar.js';
import { readManifest } from './read-package.js';
import { serve } from './serve.js';
import { UsageError } from './usage-error.js';
import { mean, quantile } from '../src/page/measure/statistics.js';

const ROOT = path.dirname(import.meta.dirname);
const HELP = 'npm run -s bench:models -- --models DIR --data FILE --results FILE.json [--limit 300]';
/** Rounds over the first text before anything is timed. */
const WARM_UPS = 20;

/** A row of training/results; what else it holds is training's. */
interface Row {
  package: string;
  speed: number | null;
  msWasm: number | null;
}

/** A package at a speed: what takes a turn. */
interface Runner {
  model: number;
  name: string;
  speed: number;
  ms: number[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: 'string' },
      data: { type: 'string' },
      results: { type: 'string' },
      limit: { type: 'string', default: '300' },
    },
  });
  if (!values.models || !values.data || !values.results) throw new UsageError(HELP);

  const folder = path.resolve(values.models);
  const rows = JSON.parse(readFileSync(values.results, 'utf8')) as Row[];
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'manifest.json')));
  if (names.length === 0) {
    throw new UsageError(`${folder} holds no model packages: python -m training compare writes them into its runs folder.`);
  }
  const runners = names.flatMap((name, model): Runner[] =>
    rows.filter((row) => row.package === name).map(({ speed }) => ({ model, name, speed: speed ?? 0, ms: [] })),
  );
  const manifest = readManifest(path.join(folder, names[0]!));
  const all = parseLabelledTexts(readFileSync(values.data), manifest, values.data).map((row) => row.text);
  // Every k-th text: as many, and of the same lengths, wherever the file has its long ones.
  const step = Math.max(1, Math.floor(all.length / Number(values.limit)));
  const texts = all.filter((_, i) => i % step === 0).slice(0, Number(values.limit));

  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  const mounts = [
    { at: '/models/', folder },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  const site = await serve(mounts);
  try {
    const page = await HarnessPage.open();
    try {
      await page.loadAll(`${site.url}harness.html`, names.map((name) => `${site.url}models/${encodeURI(name)}/`));
      for (let i = 0; i < WARM_UPS; i++) await page.turns(texts[0]!, runners);
      const bar = new ProgressBar(texts.length);
      for (const [i, text] of texts.entries()) {
        const order = runners.map((_, j) => runners[(i + j) % runners.length]!);
        const times = await page.turns(text, order);
        order.forEach((runner, j) => runner.ms.push(times[j]!));
        bar.advance(1, 'texts');
      }
      bar.end();
      for (const { name, speed, ms } of runners) {
        const row = rows.find((r) => r.package === name && (r.speed ?? 0) === speed)!;
        row.msWasm = Math.round(mean(ms) * 1000) / 1000;
        console.log([name, speed, ...[mean(ms), quantile(ms, 0.5), quantile(ms, 0.95)].map((t) => t.toFixed(2))].join('\t'));
      }
      writeFileSync(values.results, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
      console.error(`${texts.length} texts, ${page.browser}, WASM, one thread; medians and 95th percentiles after the means`);
    } finally {
      await page.close();
    }
  } finally {
    await site.close();
  }
}

await command(main);
