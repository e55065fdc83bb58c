/**
 * `npm run -s evaluate`: the real library in a real browser over a labelled file, at several
 * speeds. Results go to stdout, everything else to stderr.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { parseManifest, type Manifest } from '../src/core/index.js';
import { HELP, parseOptions, type EvaluateOptions } from './evaluate-options.js';
import { BrowserError, HarnessPage, type Loaded } from './harness-page.js';
import { parseLabelledTexts, type LabelledText } from './labelled-texts.js';
import type { Outcome } from './measure.js';
import { ProgressBar } from './progress-bar.js';
import { compare, parseReference, type Reference } from './reference.js';
import { agreementLines, summarise, table, type Result } from './report.js';
import { serve } from './serve.js';
import { UsageError } from './usage-error.js';

const ROOT = path.dirname(import.meta.dirname);
/** Texts a round trip to the page: few enough for the bar to move. */
const CHUNK = 20;
const WARM_UPS = 10;
const WARM_UP_MS = 2000;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const model = path.resolve(options.model);
  const { labels } = readManifest(model);
  const data = readFileSync(options.data, 'utf8');
  const rows = parseLabelledTexts(data, labels, options.data).slice(0, options.limit);
  const reference =
    options.reference === undefined
      ? undefined
      : parseReference(readFileSync(options.reference, 'utf8'), options.reference);

  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  // The model's parent, since tasks that share a file name it as ../….
  const site = await serve([
    { at: '/models/', folder: path.dirname(model) },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ]);
  try {
    const page = await HarnessPage.open();
    try {
      const url = `${site.url}models/${encodeURIComponent(path.basename(model))}/`;
      const loaded = await page.load(`${site.url}harness.html`, url, options.device);
      await evaluate(page, loaded, rows, reference, options);
    } finally {
      await page.close();
    }
  } finally {
    await site.close();
  }
}

function readManifest(model: string): Manifest {
  try {
    return parseManifest(JSON.parse(readFileSync(path.join(model, 'manifest.json'), 'utf8')));
  } catch (error) {
    throw new UsageError(`--model ${model} is no model package. ${(error as Error).message}`);
  }
}

async function evaluate(
  page: HarnessPage,
  loaded: Loaded,
  rows: LabelledText[],
  reference: Reference | undefined,
  { targets, batch, json }: EvaluateOptions,
): Promise<void> {
  const texts = rows.map((row) => row.text);
  console.error(`${loaded.name} on ${loaded.device} (${loaded.deviceDescription}), ${page.browser}, ${rows.length} texts`);
  const start = performance.now();
  do await page.oneByOne(ofAllLengths(texts), { speed: 0 });
  while (performance.now() - start < WARM_UP_MS);

  const bar = new ProgressBar(targets.length * texts.length * (batch === undefined ? 1 : 2));
  const runs: { outcomes: Outcome[]; result: Result }[] = [];
  try {
    for (const target of targets) {
      const [[name, value]] = Object.entries(target) as [[string, number]];
      const outcomes: Outcome[] = [];
      for (const chunk of chunks(texts, CHUNK)) {
        outcomes.push(...(await page.oneByOne(chunk, target)));
        bar.advance(chunk.length, `${name} ${value}`);
      }
      const result = summarise(target, rows, outcomes, loaded.layers);
      if (batch !== undefined) {
        let ms = 0;
        for (const chunk of chunks(texts, batch)) {
          ms += await page.together(chunk, target);
          bar.advance(chunk.length, `${name} ${value}, batches of ${batch}`);
        }
        result.textsPerSecond = (1000 * texts.length) / ms;
      }
      runs.push({ outcomes, result });
    }
  } finally {
    bar.end();
  }

  const results = runs.map((run) => run.result);
  const agreements = runs.flatMap(({ result: { speed }, outcomes }) => {
    const agreement = reference && speed !== undefined && compare(reference, speed, outcomes);
    return agreement ? [{ speed, agreement }] : [];
  });
  if (json) {
    const { name, device } = loaded;
    const object = { model: name, device, browser: page.browser, n: rows.length, results };
    const bySpeed = Object.fromEntries(agreements.map(({ speed, agreement }) => [speed, agreement]));
    console.log(JSON.stringify(reference ? { ...object, reference: bySpeed } : object));
    return;
  }
  console.log(table(results));
  for (const { speed, agreement } of agreements) console.log(agreementLines(speed, agreement));
}

/** Some texts from the shortest to the longest, so that no length is met for the first time later. */
function ofAllLengths(texts: string[]): string[] {
  const sorted = texts.toSorted((a, b) => a.length - b.length);
  const count = Math.min(WARM_UPS, sorted.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.floor((i * sorted.length) / count)]!);
}

function chunks<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

try {
  await main();
} catch (error) {
  const expected = error instanceof UsageError || error instanceof BrowserError;
  console.error(expected ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
