/**
 * `npm run -s report`: writes docs/models.md, its plots and the page's points (public/models/TASK/rivals.json)
 * from what is committed: each package's dev trajectories, the test sets' in bench/reference, the
 * tables in training/results. And docs/performance*.md again, from the figures of a run a machine.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { atThresholds, frontier, parseCalibration, uniform } from '../src/core/index.js';
import { plot, type NamedPoint, type PlotLine } from './models-plot.js';
import { askedAndGot, atNoMoreWork, byExit, bySpeed, byUncertainty, comparison, distillation, gates, layersWorth, oneAgainstFitted, oneSeedOnAllRows, PAPERS, promisedAndKept, seeds, strangers, type EpochRow, type GateRow, type Row, type Shipped } from './models-report.js';
import { rivalName } from '../src/page/wording.js';
import type { Report } from './figures.js';
import { performanceReport } from './performance-report.js';
import { readCalibration, readManifest } from './read-package.js';
import { isEarlyExit, isRival, rivals } from './rivals.js';

const ROOT = path.dirname(import.meta.dirname);

/** What each task is called, and what a reader should know of its figures. */
const TASKS = {
  sst2: {
    name: 'SST-2: sentiment of film reviews, 2 classes',
    note: 'All 67,349 training rows, and passages of film reviews beside them. Test: the official 1,821 sentences.',
  },
  ag_news: {
    name: 'AG News: topics, 4 classes',
    note:
      'Trained on a subset: 14,105 of 120,000 rows, more of some classes than of others, and some 19,000 more of which only ' +
      'a part is left. Test: the official 7,600, which an earlier model had been read on too (92.3 % at exit 6, 91.9 % at ' +
      '0.98 layers); both were chosen on dev. Figures of models trained on all rows are not comparable.',
  },
  clinc150: {
    name: 'CLINC150: intents, 150 classes',
    note:
      'All 15,000 training rows in scope, and texts made of them. Test: the official 4,500, which an earlier model had been ' +
      'read on too (95.1 % at exit 6); both were chosen on dev. Uncertainty is the entropy over that of an even spread ' +
      'over 5 classes: over all 150, every useful speed would lie under 0.2.',
  },
} as const;

/** Where `bench:models` ran, of the tasks that are compared. */
const TIMED_ON: Readonly<Record<string, string>> = { sst2: 'an AMD EPYC', ag_news: 'an Intel Xeon' };

/** Everything that the report consists of, by file. */
export function reportFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const parts = [
    '# The models, measured',
    'Written by `npm run -s report` from figures in this repository; each says by which command it was made. Accuracies are ' +
      'fractions of the test set, intervals are 95 % (Wilson).',
    'In the three packages, embeddings of rare words take four bits a value; that was chosen on dev, and the test sets were ' +
      'read again for it, and once more when the encoder on WASM became our own, whose arithmetic the packages\' figures are in ' +
      '(activations in seven bits, one scale a token): as first chosen on dev, 91.3, 92.2 and 95.8 % at exit 6, then with hidden states smoothed too, ' +
      'also chosen on dev. (Before: 91.8, 92.2 and 95.8 %.) The last time was for what n-grams say beside exit 0 (`python -m training ngrams`, ' +
      'learnt and weighed without test); exits from 1 on stayed as they were. The models that they are compared with have no n-grams and ' +
      'eight bits throughout, and were measured in ONNX Runtime\'s (eight bits, one scale a tensor).',
  ];
  for (const [id, { name, note }] of Object.entries(TASKS)) {
    const shipped = readShipped(id);
    const rows = readResults<Row>(id);
    if (!shipped) continue;
    files.set(`docs/models-${id}.svg`, taskPlot(name, shipped, rows));
    if (rows.length > 0) files.set(`public/models/${id}/rivals.json`, `${JSON.stringify(rivals(rows, shipped.dev))}\n`);
    parts.push(`## ${name}`, note, ...packageParts(shipped), ...(rows.length > 0 ? comparisonParts(id, rows) : []));
  }
  parts.push(
    '## What the papers report',
    'For orientation only: other and larger backbones, other or more data. Copied, not measured.',
    PAPERS,
  );
  files.set('docs/models.md', `${parts.join('\n\n')}\n`);
  for (const name of readdirSync(path.join(ROOT, 'bench/results'))) {
    const report = /^(performance.*)\.json$/.exec(name);
    if (report) files.set(`docs/${report[1]}.md`, performanceReport(readJson(path.join(ROOT, 'bench/results', name)) as Report));
  }
  return files;
}

function packageParts(shipped: Shipped): string[] {
  const { id, test, outOfScope } = shipped;
  const gateRows = readResults<GateRow>(`${id}-gates`);
  return [
    `![Accuracy by mean depth](models-${id}.svg)`,
    `### The package \`${id}\``,
    `Int8, ${test.split}, n = ${test.n}: \`python -m training evaluate --model public/models/${id} --data …/${test.split} ` +
      `--trajectories bench/reference/${id}-test.json\`. Where all texts stop at one exit:`,
    byExit(shipped),
    'One threshold for all exits:',
    bySpeed(shipped),
    'Speedups and accuracies asked for become thresholds, one an exit, on the dev set; what the test set gives under them:',
    askedAndGot(shipped),
    "An agreement is promised: with a confidence of 95 %, so many texts like dev's get the answer of the last exit. It is " +
      'proven on dev; then what test gives. The promise itself, put to the test a hundred times: proven on a seeded half of ' +
      'test, it is broken if more of the other half differ; proven on as many texts drawn from test with replacement, if more of ' +
      'all of test do. In brackets the most that chance allows where it just holds (but for once in a thousand times): draws ' +
      'then break it 5 times of a hundred, halves more often, since the other half is a sample too (`bench/promise.ts` has it ' +
      'exactly).',
    promisedAndKept(shipped),
    'One threshold for all exits against one an exit, both fitted on dev to the depth in the head:',
    oneAgainstFitted(shipped),
    'Is uncertainty honest? Per cent right by exit and uncertainty, then what the last exit gets right of the very same ' +
      'texts, and in brackets how many they are. In a column a first exit can look better than the last: it is this sure of ' +
      'easier texts only, and of the same texts the last exit has as many right or more, but for small numbers.',
    byUncertainty(shipped),
    ...(outOfScope
      ? [
          `Texts that belong to no class (${outOfScope.data}, n = ${outOfScope.n}): how often one of them is less certain than ` +
            'one of the test set (area under the ROC curve):',
          strangers(outOfScope),
        ]
      : []),
    ...(gateRows.length > 0
      ? [
          `Other gates, each with the threshold that gives the depth in its column's head on dev; accuracy and depth on test ` +
            `(\`python -m training gates --model public/models/${id} --data …\`). Patience counts whole exits, so it cannot ` +
            'leave before the second.',
          gates(gateRows),
        ]
      : []),
  ];
}

function comparisonParts(id: string, rows: Row[]): string[] {
  const several = seeds(rows);
  const comparable = oneSeedOnAllRows(rows);
  return [
    '### Against other ways to make a model small',
    `All from the same backbone and the task's training rows alone (the package above has learned from more), int8 packages run ` +
      `by the same runtime; seed 1. \`python -m training compare ${id} --data … --runs …\`; milliseconds: \`npm run -s bench:models\`, the mean of 300 texts of the test set, one by one, WASM, one thread, all models in turns in one run, Chromium 156 on two cores of ${TIMED_ON[id]}.`,
    comparison(rows),
    'Each of those that were made to be used against early exit of the same rows (joint, one threshold), at the lowest speed ' +
      'in steps of 0.1 that costs no more multiply-adds:',
    atNoMoreWork(comparable.filter(isRival), comparable.filter(isEarlyExit)),
    ...(several ? ['On one seeded subset, several seeds:', several] : []),
    ...studyParts(id),
  ];
}

/** FastBERT's in-depth study (its section 4.5), of the comparison's FastBERT and joint models. */
function studyParts(id: string): string[] {
  const epochs = readResults<EpochRow>(`${id}-distillation`);
  const studied = ['fastbert', 'joint'].flatMap((system) => {
    const file = path.join(ROOT, `training/results/${id}-${system}-trajectories.json`);
    return existsSync(file) ? [{ system, ...(readJson(file) as Pick<Shipped, 'dev' | 'test'>) }] : [];
  });
  return [
    ...studied.flatMap(({ system, dev, test }) => [
      `#### ${system}, closer`,
      'Where all texts stop at one exit:',
      byExit({ test }),
      'By speed:',
      bySpeed({ test }),
      'Per cent right by exit and uncertainty, the last exit on the same texts, and how many they are:',
      byUncertainty({ test }),
      'One threshold for all exits against one an exit, both fitted on dev to the depth in the head:',
      oneAgainstFitted({ dev, test }),
    ]),
    ...(epochs.length > 0 ? ['#### Self-distillation, epoch by epoch', 'On dev:', distillation(epochs)] : []),
  ];
}

function taskPlot(name: string, { dev, test }: Shipped, rows: Row[]): string {
  const layers = test.predictions.length - 1;
  const speeds = Array.from({ length: 101 }, (_, i) => atThresholds(test, uniform(i / 100, layers)));
  const fitted = frontier(dev).map(({ thresholds }) => atThresholds(test, thresholds));
  const comparable = oneSeedOnAllRows(rows);
  const early = EARLY.map(([system, variant]) => ({
    name: `${system}, one speed`,
    points: comparable.filter((row) => row.speed !== null && row.system === system && row.variant === variant),
  }));
  const lines: PlotLine[] = [
    { name: 'shipped, one speed', points: speeds },
    { name: 'shipped, fitted', points: fitted },
    ...early.filter((one) => one.points.length > 0),
  ];
  const points: NamedPoint[] = comparable
    .filter(isRival)
    .map((row) => ({ ...row, meanDepth: layersWorth(row, comparable), name: rivalName(row) }));
  return plot(`${name}: accuracy by mean depth`, lines, points, layers);
}

/** Of the comparison's early exits those that are drawn. */
const EARLY = [
  ['fastbert', 'KL(teacher, student)'],
  ['joint', 'one threshold'],
] as const;

function readShipped(id: string): Shipped | undefined {
  const folder = path.join(ROOT, 'public/models', id);
  const reference = path.join(ROOT, `bench/reference/${id}-test.json`);
  if (!existsSync(reference)) return undefined;
  const manifest = readManifest(folder);
  const told = readJson(reference);
  const { outOfScope } = told as Pick<Shipped, 'outOfScope'>;
  return {
    id,
    dev: readCalibration(folder, manifest),
    test: parseCalibration(told, manifest.exits),
    ...(outOfScope ? { outOfScope } : {}),
  };
}

/** A table of training/results; empty where it was not made yet. */
function readResults<R>(name: string): R[] {
  const file = path.join(ROOT, `training/results/${name}.json`);
  return existsSync(file) ? (readJson(file) as R[]) : [];
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(path.join(ROOT, 'docs'), { recursive: true });
  for (const [file, content] of reportFiles()) {
    writeFileSync(path.join(ROOT, file), content);
    console.log(file);
  }
}
