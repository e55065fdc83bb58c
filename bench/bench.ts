/**
 * `npm run -s bench`: this library against transformers.js, against its own layers in one session,
 * and against small static models: in a real browser, with the same weights, in turns in one run.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import type { Target } from '../src/core/index.js';
import type { Device } from '../src/index.js';
import { tasks } from '../src/page/tasks/index.js';
import { command } from './command.js';
import { contestants, HALF_POINT, LITERT, manifestOf, nameOf, NO_LOSS, serveContestants, TRANSFORMERS, type Raced } from './contestants.js';
import { endurance } from './endurance.js';
import type { EngineFigures } from './engine-figures.js';
import { engineBytes, raceEngine } from './engine-race.js';
import { ratiosOf, rowsOf, speed0VsWhole, startOf, type Bulk, type Report, type Side } from './figures.js';
import { firstVerdicts } from './first-verdict.js';
import { gpuCost, type GpuCost } from './gpu-cost.js';
import { HarnessPage } from './harness-page.js';
import { isolation } from './isolation.js';
import { performanceReport, tables } from './performance-report.js';
import type { Contestant } from './race-page.js';
import { Race } from './race.js';
import { news, reviews, sentences, type Sample } from './samples.js';
import { serve } from './serve.js';
import { start, Traffic, type Start } from './starts.js';
import { UsageError } from './usage-error.js';
import { BULK, runBatches, runBulk, runLengths } from './workloads.js';

const ROOT = path.dirname(import.meta.dirname);
const HELP = `This library against other ways to classify a text in a browser, in one run.

  npm run -s bench -- [options]

  --quick      WASM and SST-2 only, 300 texts one by one and 1,000 at once; under 4 minutes
  --data DIR   folder with sst2/test.tsv, imdb/test.tsv.gz and ag_news/test.tsv (default
               ../shared/data); without them the page's own sentences run, over and over, and no
               accuracy is told
  --json       print one JSON object instead of tables
  --write      write bench/results/performance.json and docs/performance.md too
  --help       print this
`;

const TARGETS: Target[] = [{ speed: 0 }, { speed: 0.1 }, { speed: 0.3 }, { speed: 0.5 }, { speed: 0.8 }, { speed: 1 }, NO_LOSS, { speedup: 4 }, HALF_POINT, { speedup: 6 }];

/** Texts of a race: a first part of the sample. */
const QUICK = 300;
const SIDE = 300;
const REVIEWS = 200;
const ON_GPU = 20;
/** Texts before it; on a software GPU a text takes seconds. */
const WARM_UPS: Record<Device, number> = { wasm: 12, webgpu: 4 };
/** New browsers for each contestant's start. */
const STARTS = 5;
const QUICK_STARTS = 2;
/** Rounds of the encoder alone, by tokens. */
const ENGINE = { 8: 200, 16: 150, 21: 150, 32: 100, 64: 60, 128: 40, 256: 20, 512: 12 };
const QUICK_ENGINE = { 8: 60, 21: 40, 64: 20, 256: 6 };

interface Options {
  quick: boolean;
  data: string;
  json: boolean;
  write: boolean;
}

function parse(args: string[]): Options | undefined {
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
}

async function main(): Promise<void> {
  const options = parse(process.argv.slice(2));
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  console.error('Building …');
  await build({ configFile: path.join(ROOT, 'bench/vite.config.ts'), logLevel: 'error' });
  // The page too, before anything is measured: what is edited meanwhile is not in it. The service worker's build
  // writes to standard output, which is the report's own.
  if (!options.quick) spawnSync('npx', ['vite', 'build', '--logLevel', 'error'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  const traffic = new Traffic();
  // In pages of the one all have one core, and in the other's all of them.
  const plain = await serveContestants({}, traffic.count);
  const isolated = await serveContestants(isolation);
  try {
    const report = await run(options, { plain: plain.url, isolated: isolated.url, traffic });
    if (options.write) {
      mkdirSync(path.join(ROOT, 'bench/results'), { recursive: true });
      writeFileSync(path.join(ROOT, 'bench/results/performance.json'), `${JSON.stringify(report, null, 1)}\n`);
      writeFileSync(path.join(ROOT, 'docs/performance.md'), performanceReport(report));
    }
    console.log(options.json ? JSON.stringify(report) : tables(report));
  } finally {
    await plain.close();
    await isolated.close();
  }
}

interface Sites {
  /** URLs, ending in a slash. */
  plain: string;
  isolated: string;
  /** Of `plain`. */
  traffic: Traffic;
}

type More = NonNullable<Report['more']>;

async function run({ quick, data }: Options, sites: Sites): Promise<Report> {
  const sample = sentences(data, BULK);
  const texts = sample.rows.map(({ text }) => text);
  const entered = contestants(sites.plain, 'sst2', 'wasm', TARGETS);
  const race = await Race.open(sites.plain, 'wasm', entered);
  let report: Pick<Report, 'browser' | 'device' | 'texts' | 'oneByOne' | 'bulk'>;
  let here: Pick<More, 'speed0VsWhole' | 'reviews' | 'lengths' | 'batches'> | undefined;
  try {
    await race.warmUp(texts, WARM_UPS.wasm);
    const rows = sample.rows.slice(0, quick ? QUICK : Infinity);
    console.error(`${rows.length} texts one by one, ${race.page.browser} …`);
    const laps = await race.run(rows.map(({ text }) => text));
    const oneByOne = rowsOf(rows, laps);
    console.error(`${BULK} texts at once …`);
    const bulk = await runBulk(race, texts.slice(0, BULK), quick);
    report = { browser: race.page.browser, device: await race.deviceDescription(), texts: sample.name, oneByOne, bulk };
    if (!quick) {
      console.error('Long reviews …');
      const read = reviews(data);
      const long = read && (await side(race, read, REVIEWS));
      console.error('Texts of each length …');
      const lengths = await runLengths(race);
      console.error('Texts handed in together …');
      here = { speed0VsWhole: speed0VsWhole(laps), reviews: long, lengths, batches: await runBatches(race, texts) };
    }
  } finally {
    await race.page.close();
  }
  const figures = {
    ...report,
    bulkAllCores: await onAllCores(sites.plain, texts, quick),
    engine: await encoder(sites.plain, quick),
    starts: await firstAnswers(sites, quick ? QUICK_STARTS : STARTS),
  };
  const more = here && { ...here, ...(await elsewhere(sites, sample, news(data))) };
  console.error('Counting on WebGPU …');
  const counts = await countOnGpu(sites.isolated, texts[0]!);
  const bytes = { firstAnswer: startOf(figures.starts, 'speed').bytes, engine: engineBytes() };
  const machine = `${cpus().length} cores, ${cpus()[0]!.model.trim()}`;
  return { ...figures, machine, ratios: ratiosOf(figures), bytes, counts, ...(more ? { more } : {}) };
}

/** Many texts where this library has a worker a core, four at most. */
async function onAllCores(url: string, texts: string[], quick: boolean): Promise<Bulk[]> {
  const entered = contestants(url, 'sst2', 'wasm', [NO_LOSS, HALF_POINT]).filter(takesBulk);
  const race = await Race.open(url, 'wasm', entered, Math.min(4, availableParallelism()));
  try {
    await race.warmUp(texts, WARM_UPS.wasm);
    console.error(`${BULK} texts at once, on all cores …`);
    await race.run(texts.slice(0, BULK), BULK, [nameOf(NO_LOSS)]); // its other workers start
    return await runBulk(race, texts.slice(0, BULK), quick);
  } finally {
    await race.page.close();
  }
}

function encoder(url: string, quick: boolean): Promise<EngineFigures> {
  console.error('The encoder alone …');
  return raceEngine(url, quick ? QUICK_ENGINE : ENGINE);
}

async function firstAnswers({ plain: url, traffic }: Sites, rounds: number): Promise<Start[]> {
  console.error('First and second visits …');
  const starts: Start[] = [];
  for (const one of contestants(url, 'sst2', 'wasm', [{ speed: 0.5 }]).filter(startsAlone)) {
    starts.push(await start(url, traffic, one, tasks[0].examples[0]!.text, rounds));
  }
  return starts;
}

/** What takes pages or a browser of its own. */
async function elsewhere({ plain: url, isolated }: Sites, sample: Sample, stories: Sample | undefined): Promise<Pick<More, 'news' | 'allCores' | 'webgpu' | 'firstVerdict' | 'endurance'>> {
  console.error('News …');
  const told = stories && (await sideRace(url, 'ag_news', 'wasm', TARGETS, stories, SIDE));
  console.error('One by one, on all cores …');
  const allCores = await sideRace(isolated, 'sst2', 'wasm', TARGETS, sample, SIDE);
  console.error('On WebGPU …');
  const webgpu = await sideRace(url, 'sst2', 'webgpu', TARGETS, sample, ON_GPU);
  console.error("The page's first verdict …");
  const firstVerdict = await onPage((page) => firstVerdicts(page, STARTS));
  console.error('Ten thousand texts …');
  const texts = sample.rows.map(({ text }) => text);
  return { news: told, allCores, webgpu, firstVerdict, endurance: await endurance(isolated, `${isolated}models/sst2/`, texts) };
}

async function onPage<T>(task: (url: string) => Promise<T>): Promise<T> {
  const site = await serve([{ at: '/', folder: path.join(ROOT, 'dist') }], undefined, {});
  try {
    return await task(site.url);
  } finally {
    await site.close();
  }
}

function takesBulk({ name }: Contestant): boolean {
  return name.startsWith(TRANSFORMERS) || name === LITERT || [NO_LOSS, HALF_POINT].some((target) => name === nameOf(target));
}

function startsAlone({ name }: Contestant): boolean {
  return name.startsWith(TRANSFORMERS) || name === LITERT || name === nameOf({ speed: 0.5 });
}

/** A race in a page of its own. */
async function sideRace(url: string, raced: Raced, device: Device, targets: readonly Target[], sample: Sample, most: number): Promise<Side> {
  const race = await Race.open(url, device, contestants(url, raced, device, targets));
  try {
    await race.warmUp(sample.rows.map(({ text }) => text), WARM_UPS[device]);
    return await side(race, sample, most);
  } finally {
    await race.page.close();
  }
}

async function side(race: Race, { name, rows }: Sample, most: number): Promise<Side> {
  const some = rows.slice(0, most);
  const laps = await race.run(some.map(({ text }) => text));
  return { texts: name, device: await race.deviceDescription(), rows: rowsOf(some, laps), speed0VsWhole: speed0VsWhole(laps) };
}

async function countOnGpu(url: string, text: string): Promise<GpuCost> {
  const { labels } = manifestOf('sst2');
  const page = await HarnessPage.open();
  try {
    const { layers } = await page.load(`${url}harness.html`, `${url}models/sst2/`, 'webgpu');
    return await gpuCost(page.page, text, layers, labels.length);
  } finally {
    await page.close();
  }
}

await command(main);
