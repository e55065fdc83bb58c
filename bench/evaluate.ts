/**
 * `npm run -s evaluate`: the real library in a real browser over a labelled file, at several
 * speeds. Results go to stdout, everything else to stderr.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { thresholdsFor, type Calibration, type Manifest } from '../src/core/index.js';
import { command } from './command.js';
import { HELP, parseOptions, type EvaluateOptions } from './evaluate-options.js';
import { HarnessPage, type Loaded } from './harness-page.js';
import { isolation } from './isolation.js';
import { ofAllLengths, parseLabelledTexts, type LabelledText } from './labelled-texts.js';
import type { Outcome } from './measure.js';
import { ProgressBar } from './progress-bar.js';
import { readCalibration, readManifest } from './read-package.js';
import { compare, parseReference } from './reference.js';
import { agreementLines, asked, summarise, table, type Result } from './report.js';
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
  const manifest = openPackage(model);
  const rows = parseLabelledTexts(readFileSync(options.data), manifest, options.data).slice(0, options.limit);
  const reference =
    options.reference === undefined
      ? undefined
      : {
          trajectories: parseReference(readFileSync(options.reference, 'utf8'), manifest.exits, options.reference),
          calibration: readCalibration(model, manifest),
        };

  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  // The model's parent, since tasks that share a file name it as ../….
  const mounts = [
    { at: '/models/', folder: path.dirname(model) },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  const site = await serve(mounts, undefined, isolation);
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

function openPackage(model: string): Manifest {
  try {
    return readManifest(model);
  } catch (error) {
    throw new UsageError(`--model ${model} is no model package. ${(error as Error).message}`);
  }
}

/** What training says of the same texts, and the dev set that a pace becomes thresholds by. */
interface Reference {
  trajectories: Calibration;
  calibration: Calibration;
}

async function evaluate(
  page: HarnessPage,
  loaded: Loaded,
  rows: LabelledText[],
  reference: Reference | undefined,
  { targets, batch, json }: EvaluateOptions,
): Promise<void> {
  const texts = rows.map(({ text, text_pair }) => (text_pair === undefined ? text : { text, text_pair }));
  console.error(`${loaded.name} on ${loaded.device} (${loaded.deviceDescription}), ${page.browser}, ${rows.length} texts`);
  const start = performance.now();
  do await page.oneByOne(ofAllLengths(texts, WARM_UPS), { speed: 0 });
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
  const agreements = runs.flatMap(({ result, outcomes }, i) => {
    const thresholds = reference && thresholdsFor(targets[i]!, reference.calibration);
    return thresholds ? [{ asked: asked(result), agreement: compare(reference.trajectories, thresholds, outcomes) }] : [];
  });
  if (json) {
    const { name, device } = loaded;
    const object = { model: name, device, browser: page.browser, n: rows.length, results };
    const byPace = Object.fromEntries(agreements.map((one) => [one.asked, one.agreement]));
    console.log(JSON.stringify(reference ? { ...object, reference: byPace } : object));
    return;
  }
  console.log(table(results));
  for (const one of agreements) console.log(agreementLines(one.asked, one.agreement));
}

function chunks<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

await command(main);
