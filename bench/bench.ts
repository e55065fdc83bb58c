/**
 * `npm run -s bench`: this library against transformers.js, against its own layers in one session,
 * and against small static models: in a real browser, with the same weights, in turns in one run.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import type { Target } from '../src/core/index.js';
import { tasks } from '../src/page/tasks/index.js';
import { contestants, HALF_POINT, nameOf, NO_LOSS, serveContestants, TRANSFORMERS, WHOLE } from './contestants.js';
import { gpuCost, type GpuCost } from './gpu-cost.js';
import { BrowserError, HarnessPage } from './harness-page.js';
import { parseLabelledTexts, type LabelledText } from './labelled-texts.js';
import { Race, ratio, seeded, times, type Lap, type Times } from './race.js';
import { readManifest } from './read-package.js';
import { UsageError } from './usage-error.js';

const ROOT = path.dirname(import.meta.dirname);
const HELP = `This library against other ways to classify a text in a browser, in one run.

  npm run -s bench -- [options]

  --quick      WASM and SST-2 only, 300 texts one by one and 1,000 at once; under 4 minutes
  --data DIR   folder with sst2/test.tsv (default ../shared/data); without it the page's own
               sentences run, over and over, and no accuracy is told
  --json       print one JSON object instead of tables
  --help       print this
`;

const TARGETS: Target[] = [{ speed: 0 }, { speed: 0.1 }, { speed: 0.3 }, { speed: 0.5 }, { speed: 0.8 }, NO_LOSS, HALF_POINT];
const BULK = 1000;
/** Texts at once that transformers.js is given the bulk in; its best counts. */
const PEER_BATCHES = [1, 16, BULK];

interface Row extends Times {
  name: string;
  n: number;
  /** How many times as long transformers.js took. */
  ratio: number;
  interval: [low: number, high: number];
  /** A fraction; absent where the texts have no labels. */
  accuracy?: number | undefined;
}

export interface Report {
  browser: string;
  device: string;
  texts: string;
  oneByOne: Row[];
  /** Milliseconds for all of them. */
  bulk: { name: string; texts: number; atOnce: number; ms: number }[];
  ratios: Record<'speed0VsWhole' | 'vsTransformersNoLoss' | 'vsTransformersHalfPoint' | 'bulk', number>;
  counts: GpuCost;
}

interface Options {
  quick: boolean;
  data: string;
  json: boolean;
}

function parse(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        data: { type: 'string', default: path.join(ROOT, '../shared/data') },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values.help ? undefined : values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Labelled texts in a seeded order, so that any first part of them is a fair sample. */
function readTexts(folder: string): { name: string; rows: (Omit<LabelledText, 'label'> & { label?: number })[] } {
  const file = path.join(folder, 'sst2/test.tsv');
  if (!existsSync(file)) {
    const { dozen, examples } = tasks[0];
    const own = [...dozen, ...examples].map(({ text }) => ({ text }));
    return { name: "the page's own sentences, again and again", rows: Array.from({ length: BULK }, (_, i) => own[i % own.length]!) };
  }
  const { labels } = readManifest(path.join(ROOT, 'public/models/sst2'));
  const rows = parseLabelledTexts(readFileSync(file, 'utf8'), labels, file);
  const random = seeded(7);
  const order = rows.map((row) => ({ row, at: random() })).toSorted((a, b) => a.at - b.at);
  return { name: 'SST-2, test', rows: order.map(({ row }) => row) };
}

async function main(): Promise<void> {
  const options = parse(process.argv.slice(2));
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  const { name, rows } = readTexts(options.data);
  const texts = rows.map(({ text }) => text);
  console.error('Building …');
  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  const site = await serveContestants();
  try {
    const race = await Race.open(site.url, 'wasm', contestants(site.url, 'wasm', TARGETS));
    let report: Omit<Report, 'counts'>;
    try {
      await race.warmUp(texts);
      const sample = rows.slice(0, options.quick ? 300 : rows.length);
      console.error(`${sample.length} texts one by one, ${race.page.browser} …`);
      const laps = await race.run(sample.map(({ text }) => text));
      console.error(`${BULK} texts at once …`);
      const bulk = await runBulk(race, texts.slice(0, BULK), options.quick ? 1 : 3);
      report = summary(name, race.page.browser, sample, laps, bulk);
    } finally {
      await race.page.close();
    }
    console.error('Counting on WebGPU …');
    const full: Report = { ...report, counts: await countOnGpu(site.url, texts[0]!) };
    console.log(options.json ? JSON.stringify(full) : tables(full));
  } finally {
    await site.close();
  }
}

/** All at once through this library, and through transformers.js in several ways, in turns. */
async function runBulk(race: Race, texts: string[], rounds: number): Promise<Report['bulk']> {
  const ways = [
    ...[NO_LOSS, HALF_POINT].map((target) => ({ name: nameOf(target), atOnce: BULK })),
    ...PEER_BATCHES.map((atOnce) => ({ name: TRANSFORMERS, atOnce })),
  ];
  const sums = ways.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < ways.length; i++) {
      const way = (i + round) % ways.length;
      const { name, atOnce } = ways[way]!;
      const laps = await race.run(texts, atOnce, [name]);
      sums[way]! += laps.get(name)!.ms.reduce((a, b) => a + b, 0) / rounds;
    }
  }
  return ways.map((way, i) => ({ ...way, texts: texts.length, ms: Math.round(sums[i]!) }));
}

function summary(
  texts: string,
  browser: string,
  sample: readonly { label?: number }[],
  laps: ReadonlyMap<string, Lap>,
  bulk: Report['bulk'],
): Omit<Report, 'counts'> {
  const peer = laps.get(TRANSFORMERS)!;
  const labelled = sample[0]?.label !== undefined;
  const oneByOne = [...laps].map(([name, { ms, said }]): Row => ({
    name,
    n: ms.length,
    ...times(ms),
    ...ratio(peer.ms, ms),
    accuracy: labelled ? said.filter((label, i) => label === sample[i]!.label).length / said.length : undefined,
  }));
  const row = (name: string): Row => oneByOne.find((one) => one.name === name)!;
  const best = (name: string): number => Math.min(...bulk.filter((one) => one.name === name).map(({ ms }) => ms));
  return {
    browser,
    device: 'WASM, one thread each',
    texts,
    oneByOne,
    bulk,
    ratios: {
      speed0VsWhole: rounded(row(nameOf({ speed: 0 })).mean / row(WHOLE).mean),
      vsTransformersNoLoss: row(nameOf(NO_LOSS)).ratio,
      vsTransformersHalfPoint: row(nameOf(HALF_POINT)).ratio,
      bulk: rounded(best(TRANSFORMERS) / best(nameOf(HALF_POINT))),
    },
  };
}

async function countOnGpu(url: string, text: string): Promise<GpuCost> {
  const { labels } = readManifest(path.join(ROOT, 'public/models/sst2'));
  const page = await HarnessPage.open();
  try {
    const { layers } = await page.load(`${url}harness.html`, `${url}models/sst2/`, 'webgpu');
    return await gpuCost(page.page, text, layers, labels.length);
  } finally {
    await page.close();
  }
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function tables({ browser, device, texts, oneByOne, bulk, ratios, counts }: Report): string {
  const lines = [
    `${browser}, ${device}; ${texts}, n = ${oneByOne[0]!.n}, milliseconds a text`,
    `${''.padEnd(20)}    mean     p25     p50     p75     p95  times faster (95 %)  accuracy`,
    ...oneByOne.map((row) =>
      [
        row.name.padEnd(20),
        ...[row.mean, row.p25, row.p50, row.p75, row.p95].map((ms) => ms.toFixed(2).padStart(7)),
        `${row.ratio.toFixed(2)} (${row.interval.map((end) => end.toFixed(2)).join('-')})`.padStart(19),
        row.accuracy === undefined ? '' : `${(100 * row.accuracy).toFixed(1)} %`.padStart(9),
      ].join(' '),
    ),
    '',
    `${bulk[0]!.texts} texts, milliseconds for all`,
    ...bulk.map(({ name, atOnce, ms }) => `${name.padEnd(20)} ${String(ms).padStart(7)}  ${atOnce} at once`),
    '',
    ...Object.entries({ ...ratios, ...counts }).map(([what, value]) => `${what.padEnd(24)} ${Number(value.toFixed(3))}`),
  ];
  return lines.join('\n');
}

try {
  await main();
} catch (error) {
  const expected = error instanceof UsageError || error instanceof BrowserError;
  console.error(expected ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
