/**
 * `npm run -s teach`: the real library in a real browser, taught with few rows of a labelled file. Results go to stdout,
 * everything else to stderr.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { command } from './command.js';
import { draw } from './draw.js';
import { HarnessPage } from './harness-page.js';
import { labelNames, parseLabelledTexts } from './labelled-texts.js';
import { ProgressBar } from './progress-bar.js';
import { serve } from './serve.js';
import { aligned } from './table.js';
import { HELP, parseOptions, type TeachOptions } from './teach-options.js';
import type { Taught } from './teach-page.js';
import { UsageError } from './usage-error.js';

const ROOT = path.dirname(import.meta.dirname);

/** Means over seeds. */
interface Means extends Omit<Taught, 'words'> {
  /** Of each exit's accuracy over seeds; 0 with one. */
  standardDeviation: number[];
}

/** Of a size of draws. */
interface Result extends Means {
  perLabel: number;
  seeds: number;
  /** Learnt from. */
  rows: number;
  /** Measured on. */
  n: number;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), path.join(ROOT, 'public/models/general'));
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const files = [options.data, options.test].map((file) => readFileSync(file));
  const labels = namesIn(files[0]!, options.data);
  const task = { labels, problem_type: 'single_label_classification' } as const;
  const rows = parseLabelledTexts(files[0]!, task, options.data);
  const test = parseLabelledTexts(files[1]!, task, options.test).slice(0, options.limit);

  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  const model = path.resolve(options.model);
  const mounts = [
    { at: '/models/', folder: path.dirname(model) },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  const site = await serve(mounts);
  try {
    const page = await HarnessPage.open();
    try {
      await page.call(() => page.page.goto(`${site.url}harness.html`));
      const results = await teachAll(page, `${site.url}models/${encodeURIComponent(path.basename(model))}/`, labels, rows, test, options);
      if (options.json) console.log(JSON.stringify({ results }));
      else console.log(table(results));
    } finally {
      await page.close();
    }
  } finally {
    await site.close();
  }
}

/** @throws UsageError */
function namesIn(file: Buffer, name: string): string[] {
  try {
    return labelNames(file);
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`);
  }
}

type Rows = ReturnType<typeof parseLabelledTexts>;

async function teachAll(page: HarnessPage, model: string, labels: string[], rows: Rows, test: Rows, { perLabel, seeds }: TeachOptions): Promise<Result[]> {
  console.error(`${labels.length} labels, ${rows.length} rows to draw from, ${test.length} to measure on, ${page.browser}`);
  const measured = { texts: test.map(({ text }) => text), labels: test.map((row) => row.labels[0]!) };
  const bar = new ProgressBar(perLabel.length * seeds);
  const results: Result[] = [];
  try {
    for (const count of perLabel) {
      const draws: Taught[] = [];
      let drawn: number[] = [];
      for (let seed = 0; seed < seeds; seed++) {
        drawn = draw(rows.map((row) => row.labels[0]!), count, seed);
        const texts = drawn.map((row) => ({ text: rows[row]!.text, label: labels[rows[row]!.labels[0]!]! }));
        draws.push(await page.call(() => page.page.evaluate((wanted) => fastbert.teachOnce(wanted), { model, labels, texts, test: measured })));
        bar.advance(1, `${count} a label`);
      }
      results.push({ perLabel: count, seeds, rows: drawn.length, n: test.length, ...meanOf(draws) });
    }
  } finally {
    bar.end();
  }
  return results;
}

function meanOf(draws: Taught[]): Means {
  const mean = (value: (draw: Taught) => number): number => draws.reduce((sum, one) => sum + value(one), 0) / draws.length;
  const byExit = (values: (draw: Taught) => number[]): number[] => values(draws[0]!).map((_, exit) => mean((one) => values(one)[exit]!));
  const exitAccuracy = byExit((one) => one.exitAccuracy);
  return {
    exitAccuracy,
    standardDeviation: exitAccuracy.map((centre, exit) => Math.sqrt(draws.reduce((sum, one) => sum + (one.exitAccuracy[exit]! - centre) ** 2, 0) / Math.max(1, draws.length - 1))),
    nothingLost: { accuracy: mean((one) => one.nothingLost.accuracy), meanDepth: mean((one) => one.nothingLost.meanDepth) },
    promised: {
      exitAccuracy: byExit((one) => one.promised.exitAccuracy),
      nothingLost: { accuracy: mean((one) => one.promised.nothingLost.accuracy), meanDepth: mean((one) => one.promised.nothingLost.meanDepth) },
    },
    fitMs: mean((one) => one.fitMs),
    hiddenMs: mean((one) => one.hiddenMs),
    hiddenBytes: mean((one) => one.hiddenBytes),
  };
}

function table(results: Result[]): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  return aligned({
    head: ['rows a label', 'rows', ...results[0]!.exitAccuracy.map((_, exit) => `exit ${exit}`), 'nothing lost', 'layers', 'promised', 'fit s', 'read s', 'MB'],
    rows: results.map((one) => [
      String(one.perLabel),
      String(one.rows),
      ...one.exitAccuracy.map(percent),
      percent(one.nothingLost.accuracy),
      one.nothingLost.meanDepth.toFixed(2),
      percent(one.promised.nothingLost.accuracy),
      (one.fitMs / 1000).toFixed(2),
      (one.hiddenMs / 1000).toFixed(2),
      (one.hiddenBytes / 1e6).toFixed(1),
    ]),
  });
}

await command(main);
