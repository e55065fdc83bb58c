/**
 * `npm run -s bench`: this library against transformers.js, against its own layers in one session,
 * and against small static models: in a real browser, with the same weights, in turns in one run.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';
import type { Target } from '../src/core/index.js';
import { ratio, rounded, seeded, times } from '../src/page/measure/timing.js';
import { tasks } from '../src/page/tasks/index.js';
import { coldStart, Traffic, type ColdStart } from './cold.js';
import { command } from './command.js';
import { contestants, HALF_POINT, MODEL, nameOf, NO_LOSS, serveContestants, TRANSFORMERS, WHOLE } from './contestants.js';
import { endurance } from './endurance.js';
import { gpuCost, type GpuCost } from './gpu-cost.js';
import { HarnessPage } from './harness-page.js';
import { parseLabelledTexts, type LabelledText } from './labelled-texts.js';
import { LENGTHS, performanceReport, tables, type Report, type Row } from './performance-report.js';
import type { Contestant } from './race-page.js';
import { Race, type Lap } from './race.js';
import { readManifest } from './read-package.js';
import { UsageError } from './usage-error.js';

const ROOT = path.dirname(import.meta.dirname);
const HELP = `This library against other ways to classify a text in a browser, in one run.

  npm run -s bench -- [options]

  --quick      WASM and SST-2 only, 300 texts one by one and 1,000 at once; under 4 minutes
  --data DIR   folder with sst2/test.tsv and imdb/test.tsv.gz (default ../shared/data); without it
               the page's own sentences run, over and over, and no accuracy is told
  --json       print one JSON object instead of tables
  --write      write bench/results/performance.json and docs/performance.md too
  --help       print this
`;

const TARGETS: Target[] = [{ speed: 0 }, { speed: 0.1 }, { speed: 0.3 }, { speed: 0.5 }, { speed: 0.8 }, NO_LOSS, HALF_POINT, { speedup: 5 }];
const BULK = 1000;
/** Texts at once that transformers.js is given the bulk in; its best counts. */
const PEER_BATCHES = [1, 16, BULK];
const REVIEWS = 200;
/** How often a text of each length runs. */
const ROUNDS = 15;

interface Options {
  quick: boolean;
  data: string;
  json: boolean;
  write: boolean;
}

function parse(args: string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean', default: false },
        data: { type: 'string', default: path.join(ROOT, '../shared/data') },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.write && values.quick) throw new UsageError('--write takes a full run: leave --quick out.');
    return values.help ? undefined : values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

type Text = Pick<LabelledText, 'text'> & Partial<LabelledText>;

/** Labelled texts in a seeded order, so that any first part of them is a fair sample. */
function readTexts(folder: string): { name: string; rows: Text[] } {
  const file = path.join(folder, 'sst2/test.tsv');
  if (existsSync(file)) return { name: 'SST-2, test', rows: labelled(readFileSync(file, 'utf8'), file) };
  const { dozen, examples } = tasks[0];
  const own = [...dozen, ...examples].map(({ text }) => ({ text }));
  return { name: "the page's own sentences, again and again", rows: Array.from({ length: BULK }, (_, i) => own[i % own.length]!) };
}

function labelled(content: string, file: string): Text[] {
  const { labels } = readManifest(MODEL);
  const random = seeded(7);
  const order = parseLabelledTexts(content, labels, file).map((row) => ({ row, at: random() }));
  return order.toSorted((a, b) => a.at - b.at).map(({ row }) => row);
}

/** Film reviews of up to 512 tokens. */
function readReviews(folder: string): Text[] | undefined {
  const file = path.join(folder, 'imdb/test.tsv.gz');
  if (!existsSync(file)) return undefined;
  return labelled(gunzipSync(readFileSync(file)).toString(), file).slice(0, REVIEWS);
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
  const traffic = new Traffic();
  const site = await serveContestants(traffic.count);
  try {
    const entered = contestants(site.url, 'wasm', TARGETS);
    const race = await Race.open(site.url, 'wasm', entered);
    let report: Omit<Report, 'counts' | 'more'>;
    let long: Pick<NonNullable<Report['more']>, 'reviews' | 'lengths'> | undefined;
    try {
      await race.warmUp(texts);
      const sample = rows.slice(0, options.quick ? 300 : rows.length);
      console.error(`${sample.length} texts one by one, ${race.page.browser} …`);
      const oneByOne = rowsOf(sample, await race.run(sample.map(({ text }) => text)));
      console.error(`${BULK} texts at once …`);
      const bulk = await runBulk(race, texts.slice(0, BULK), options.quick);
      const device = `WASM, ${await race.deviceDescription()} each`;
      report = { browser: race.page.browser, device, texts: name, oneByOne, bulk, ratios: ratiosOf(oneByOne, bulk) };
      if (!options.quick) {
        const reviews = readReviews(options.data);
        console.error('Long reviews, and texts of each length …');
        const read = reviews && rowsOf(reviews, await race.run(reviews.map(({ text }) => text)));
        long = { reviews: read, lengths: await runLengths(race) };
      }
    } finally {
      await race.page.close();
    }
    const more = long && { ...long, ...(await alone(site.url, traffic, entered, texts)) };
    console.error('Counting on WebGPU …');
    const full: Report = { ...report, counts: await countOnGpu(site.url, texts[0]!), ...(more ? { more } : {}) };
    if (options.write) {
      mkdirSync(path.join(ROOT, 'bench/results'), { recursive: true });
      writeFileSync(path.join(ROOT, 'bench/results/performance.json'), `${JSON.stringify(full, null, 1)}\n`);
      writeFileSync(path.join(ROOT, 'docs/performance.md'), performanceReport(full));
    }
    console.log(options.json ? JSON.stringify(full) : tables(full));
  } finally {
    await site.close();
  }
}

/** What takes a browser of its own. */
async function alone(
  url: string,
  traffic: Traffic,
  entered: readonly Contestant[],
  texts: readonly string[],
): Promise<Pick<NonNullable<Report['more']>, 'cold' | 'endurance'>> {
  console.error('Cold starts …');
  const cold: ColdStart[] = [];
  for (const one of entered.filter(({ name }) => name === TRANSFORMERS || name === nameOf({ speed: 0.5 }))) {
    cold.push(await coldStart(url, traffic, one, tasks[0].examples[0]!.text));
  }
  console.error('Ten thousand texts …');
  return { cold, endurance: await endurance(url, `${url}models/sst2/`, texts) };
}

/** All at once through this library, and through transformers.js in several ways, in turns. */
async function runBulk(race: Race, texts: string[], quick: boolean): Promise<Report['bulk']> {
  const rounds = quick ? 1 : 3;
  const ways = [
    ...[NO_LOSS, HALF_POINT].map((target) => ({ name: nameOf(target), atOnce: BULK })),
    // All at once is its slowest way by far, padded to the longest of a thousand.
    ...PEER_BATCHES.filter((atOnce) => !quick || atOnce < BULK).map((atOnce) => ({ name: TRANSFORMERS, atOnce })),
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

/** One word over and over: a token each, between [CLS] and [SEP]. */
async function runLengths(race: Race): Promise<NonNullable<Report['more']>['lengths']> {
  const byName = new Map<string, number[]>();
  for (const length of LENGTHS) {
    const text = Array<string>(length - 2).fill('film').join(' ');
    const laps = await race.run(Array<string>(ROUNDS).fill(text));
    for (const [name, { ms }] of laps) byName.set(name, [...(byName.get(name) ?? []), times(ms).p50]);
  }
  return [...byName].map(([name, ms]) => ({ name, ms }));
}

function rowsOf(sample: readonly Text[], laps: ReadonlyMap<string, Lap>): Row[] {
  const peer = laps.get(TRANSFORMERS)!;
  const hasLabels = sample[0]?.label !== undefined;
  return [...laps].map(([name, { ms, said }]) => ({
    name,
    n: ms.length,
    ...times(ms),
    ...ratio(peer.ms, ms),
    accuracy: hasLabels ? said.filter((label, i) => label === sample[i]!.label).length / said.length : undefined,
  }));
}

function ratiosOf(oneByOne: readonly Row[], bulk: Report['bulk']): Report['ratios'] {
  const row = (name: string): Row => oneByOne.find((one) => one.name === name)!;
  const best = (name: string): number => Math.min(...bulk.filter((one) => one.name === name).map(({ ms }) => ms));
  return {
    speed0VsWhole: rounded(row(nameOf({ speed: 0 })).mean / row(WHOLE).mean),
    vsTransformersNoLoss: row(nameOf(NO_LOSS)).ratio,
    vsTransformersHalfPoint: row(nameOf(HALF_POINT)).ratio,
    bulk: rounded(best(TRANSFORMERS) / best(nameOf(HALF_POINT))),
  };
}

async function countOnGpu(url: string, text: string): Promise<GpuCost> {
  const { labels } = readManifest(MODEL);
  const page = await HarnessPage.open();
  try {
    const { layers } = await page.load(`${url}harness.html`, `${url}models/sst2/`, 'webgpu');
    return await gpuCost(page.page, text, layers, labels.length);
  } finally {
    await page.close();
  }
}

await command(main);
