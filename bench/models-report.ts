/** The parts of docs/models.md: what is known of the models, as Markdown. Nothing here runs one. */

import { atThresholds, forAgreement, thresholdsFor, uniform, type Calibration, type Target, type Thresholds } from '../src/core/index.js';
import { percent, range } from './report.js';
import { agreementOf, broken } from './promise.js';
import { mean } from '../src/page/measure/statistics.js';

/** A row of training/results/TASK.json, as `python -m training compare` writes it. */
export interface Row {
  system: string;
  variant: string;
  seed: number;
  trainRows: number;
  /** Of systems that leave early; null for the static ones. */
  speed: number | null;
  accuracy: number;
  interval: [low: number, high: number];
  meanDepth: number;
  /** The same on dev. */
  devAccuracy: number;
  devMeanDepth: number;
  parameters: number;
  /** Of a package's int8 weights, or of the floats where there is no package; 10^6 bytes. */
  megabytes: number;
  /** Multiply-adds a text, attention and exits counted. */
  macs: number;
  /** As the FastBERT paper counts: padded to 128 tokens, no attention products. */
  macsPaper: number;
  /** Mean milliseconds a text, WASM, one thread; null until `bench:models` ran. */
  msWasm: number | null;
}

/** A shipped package: its dev trajectories, which it carries, and those of the test set. */
export interface Shipped {
  id: string;
  dev: Calibration;
  test: Calibration;
  /** Texts of no class: how often one of them is less certain than one of the test set, by exit. */
  outOfScope?: { data: string; n: number; auroc: (number | null)[] };
}

const SPEEDUPS = [1.5, 2, 3, 4, 5, 6, 8];
const SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** Of a comparison's systems that leave early: more would bury the rest. */
const COMPARED_SPEEDS = [0, 0.1, 0.3, 0.5, 0.8];
const AGREEMENTS = [0.95, 0.98, 0.99, 0.995];
const BINS = [0, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** Every exit alone: what the test set gives where all texts stop there. */
export function byExit({ test }: Pick<Shipped, 'test'>): string {
  const share = (said: readonly number[] | null): string => {
    if (!said) return '';
    const right = said.filter((one, i) => one === test.labels[i]).length;
    return percent(right / test.n);
  };
  return markdownTable(['exit', ...test.predictions.map((_, i) => String(i))], [['accuracy', ...test.predictions.map(share)]]);
}

export function strangers({ auroc }: NonNullable<Shipped['outOfScope']>): string {
  return markdownTable(
    ['exit', ...auroc.map((_, i) => String(i))],
    [['AUROC', ...auroc.map((area) => area?.toFixed(3) ?? '')]],
  );
}

export function bySpeed({ test }: Pick<Shipped, 'test'>): string {
  const layers = test.predictions.length - 1;
  return markdownTable(
    ['speed', 'accuracy', '95 % interval', 'layers', 'texts leaving at exits 0, 1, …'],
    SPEEDS.map((speed) => {
      const point = atThresholds(test, uniform(speed, layers));
      return [String(speed), percent(point.accuracy), range(point.interval), point.meanDepth.toFixed(2), point.exits.join(' ')];
    }),
  );
}

/** A pace asked for, resolved to thresholds on dev, and what the test set gives under them. */
export function askedAndGot({ dev, test }: Shipped): string {
  const layers = dev.predictions.length - 1;
  const speedups = SPEEDUPS.map((speedup) => {
    const point = atThresholds(test, thresholdsFor({ speedup }, dev)!);
    const got = layers / point.meanDepth;
    return [
      `${speedup} times fewer layers`,
      `${got.toFixed(2)} times (${signed(100 * (got / speedup - 1), 0)} %)`,
      percent(point.accuracy),
      point.meanDepth.toFixed(2),
    ];
  });
  const accuracies = within(dev).flatMap((accuracy) => {
    const target: Target = { accuracy };
    const thresholds = thresholdsFor(target, dev);
    if (!thresholds) return [];
    const point = atThresholds(test, thresholds);
    return [[`at least ${percent(accuracy, 0)}`, percent(point.accuracy), percent(point.accuracy), point.meanDepth.toFixed(2)]];
  });
  return markdownTable(['asked for', 'got', 'accuracy', 'layers'], [...speedups, ...accuracies]);
}

/** An agreement promised: proven on dev, and what the test set gives; then proven on the test set's own halves, a hundred times. */
export function promisedAndKept({ dev, test }: Pick<Shipped, 'dev' | 'test'>): string {
  const counts = broken(test, AGREEMENTS);
  return markdownTable(
    ['promised', 'kept', 'layers', 'accuracy', 'differing on dev', 'of 100 halvings broken', 'of 100 draws broken'],
    AGREEMENTS.flatMap((agreement, i) => {
      const promised = forAgreement(dev, agreement);
      if (!promised) return [];
      const { accuracy, meanDepth } = atThresholds(test, promised.thresholds);
      const { halves, halvesMay, draws, drawsMay } = counts[i]!;
      return [
        [
          percent(agreement),
          percent(agreementOf(test, promised.thresholds), 2),
          meanDepth.toFixed(2),
          percent(accuracy),
          `${promised.differing} of ${promised.n}`,
          `${halves} (up to ${halvesMay})`,
          `${draws} (up to ${drawsMay})`,
        ],
      ];
    }),
  );
}

/** Three whole per cents that the dev set can vouch for, the highest first. */
function within(dev: Calibration): number[] {
  const [low] = atThresholds(dev, uniform(0, dev.predictions.length - 1)).interval;
  const highest = Math.floor(low * 100);
  return [highest, highest - 1, highest - 2].map((whole) => whole / 100);
}

/**
 * Lower uncertainty, higher accuracy: right answers among the texts of each stretch of uncertainty,
 * and the last exit's on the very same texts.
 */
export function byUncertainty({ test }: Pick<Shipped, 'test'>): string {
  const lastExit = test.predictions.length - 1;
  const teacher = test.predictions[lastExit]!;
  const bins = BINS.slice(1).map((high, i) => [BINS[i]!, high] as const);
  return markdownTable(
    ['exit', ...bins.map(([low, high]) => `${low}-${high}`)],
    test.predictions.flatMap((said, exit) => {
      const unsure = test.uncertainties[exit];
      if (!said || !unsure) return [];
      const cells = bins.map(([low, high], bin) => {
        const last = bin === bins.length - 1;
        const inside = said.flatMap((_, i) => (unsure[i]! >= low && (unsure[i]! < high || last) ? [i] : []));
        if (inside.length === 0) return '';
        const share = (of: readonly number[]): string =>
          (100 * (inside.filter((i) => of[i] === test.labels[i]).length / inside.length)).toFixed(0);
        return exit === lastExit ? `${share(said)} (${inside.length})` : `${share(said)} / ${share(teacher)} (${inside.length})`;
      });
      return [[String(exit), ...cells]];
    }),
  );
}

const DEPTHS = [0.25, 0.5, 1, 1.5, 2, 3];

/** One threshold for all exits against one an exit, both fitted on dev to the same mean depth. */
export function oneAgainstFitted({ dev, test }: Pick<Shipped, 'dev' | 'test'>): string {
  const layers = dev.predictions.length - 1;
  const speeds = Array.from({ length: 201 }, (_, i) => uniform(i / 200, layers));
  const devDepths = speeds.map((thresholds) => atThresholds(dev, thresholds).meanDepth);
  const cell = (thresholds: Thresholds): string => {
    const { accuracy, meanDepth } = atThresholds(test, thresholds);
    return `${percent(accuracy)} at ${meanDepth.toFixed(2)}`;
  };
  const nearest = (depth: number): Thresholds => {
    const distances = devDepths.map((one) => Math.abs(one - depth));
    return speeds[distances.indexOf(Math.min(...distances))]!;
  };
  return markdownTable(
    ['thresholds', ...DEPTHS.map((depth) => `${depth} layers`)],
    [
      ['one for all exits', ...DEPTHS.map((depth) => cell(nearest(depth)))],
      ['one an exit', ...DEPTHS.map((depth) => cell(thresholdsFor({ speedup: layers / depth }, dev)!))],
    ],
  );
}

/** A row of training/results/TASK-distillation.json: the dev set after an epoch of the students' stage. */
export interface EpochRow {
  students: string;
  epoch: number;
  dev_accuracy: number[];
  dev_at_half_speed: { accuracy: number; depth: number };
}

export function distillation(rows: readonly EpochRow[]): string {
  const exits = rows[0]?.dev_accuracy.length ?? 0;
  return markdownTable(
    ['students learn', 'epoch', ...Array.from({ length: exits }, (_, i) => `exit ${i}`), 'at speed 0.5', 'layers'],
    rows.map(({ students, epoch, dev_accuracy, dev_at_half_speed: half }) => [
      students,
      String(epoch + 1),
      ...dev_accuracy.map((share) => percent(share)),
      percent(half.accuracy),
      half.depth.toFixed(2),
    ]),
  );
}

/** A row of training/results/TASK-gates.json, as `python -m training gates` writes it. */
export interface GateRow {
  gate: string;
  /** Mean depth that its threshold was to give, chosen on dev. */
  asked: number;
  meanDepth: number;
  accuracy: number;
}

export function gates(rows: readonly GateRow[]): string {
  const depths = [...new Set(rows.map(({ asked }) => asked))];
  const names = [...new Set(rows.map(({ gate }) => gate))];
  return markdownTable(
    ['gate', ...depths.map((depth) => `${depth} layers`)],
    names.map((name) => [
      name,
      ...rows.filter(({ gate }) => gate === name).map((row) => `${percent(row.accuracy)} at ${row.meanDepth.toFixed(2)}`),
    ]),
  );
}

/** The rows that compare with each other: the first seed, on all training rows. */
export function oneSeedOnAllRows(rows: readonly Row[]): Row[] {
  const all = Math.max(...rows.map(({ trainRows }) => trainRows));
  return rows.filter(({ seed, trainRows }) => seed === 1 && trainRows === all);
}

/** Layers of the whole model that a static model's multiply-adds would pay for; a pruned layer counts for a part of one. */
export function layersWorth(row: Row, rows: readonly Row[]): number {
  const whole = rows.find(({ system, variant }) => system === 'truncate' && variant === '6 layers');
  return whole ? (whole.meanDepth * row.macs) / whole.macs : row.meanDepth;
}

/** Every system, the static ones first. */
export function comparison(rows: readonly Row[]): string {
  const shown = oneSeedOnAllRows(rows).filter(({ speed }) => speed === null || COMPARED_SPEEDS.includes(speed));
  const sorted = [...shown.filter(({ speed }) => speed === null), ...shown.filter(({ speed }) => speed !== null)];
  return markdownTable(
    ['system', 'variant', 'speed', 'test accuracy', 'layers', 'parameters', 'MB', 'multiply-adds', "as FastBERT's paper counts", 'ms a text'],
    sorted.map((row) => [
      row.system,
      row.variant,
      row.speed === null ? '' : String(row.speed),
      `${percent(row.accuracy)} (${range(row.interval)})`,
      row.meanDepth.toFixed(2),
      millions(row.parameters),
      row.megabytes.toFixed(1),
      millions(row.macs),
      millions(row.macsPaper),
      row.msWasm?.toFixed(2) ?? '',
    ]),
  );
}

/**
 * Each static model against early exit that learned from the same rows, at the lowest speed that costs no more
 * multiply-adds on test: nothing is chosen by accuracy.
 */
export function atNoMoreWork(statics: readonly Row[], early: readonly Row[]): string {
  const bySlowness = early.toSorted((a, b) => a.speed! - b.speed!);
  return markdownTable(
    ['model', 'test accuracy', 'multiply-adds', 'early exit at speed', 'layers', 'test accuracy', 'multiply-adds', 'points more'],
    statics.flatMap((row) => {
      const other = bySlowness.find(({ macs }) => macs <= row.macs);
      if (!other) return [];
      return [
        [
          `${row.system}, ${row.variant}`,
          percent(row.accuracy),
          millions(row.macs),
          String(other.speed),
          other.meanDepth.toFixed(2),
          percent(other.accuracy),
          millions(other.macs),
          signed(100 * (other.accuracy - row.accuracy), 1),
        ],
      ];
    }),
  );
}

/** Several seeds on one subset: mean and standard deviation; undefined where there are none. */
export function seeds(rows: readonly Row[]): string | undefined {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.speed !== null && row.speed !== 0.3) continue;
    const key = [row.system, row.variant, row.trainRows, row.speed].join();
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const several = [...groups.values()].filter((group) => group.length > 1);
  if (several.length === 0) return undefined;
  return markdownTable(
    ['system', 'variant', 'rows', 'speed', 'seeds', 'test accuracy', 'standard deviation', 'layers'],
    several.map((group) => {
      const accuracies = group.map(({ accuracy }) => accuracy);
      const middle = mean(accuracies);
      const spread = Math.sqrt(accuracies.reduce((sum, a) => sum + (a - middle) ** 2, 0) / (group.length - 1));
      const [first] = group as [Row];
      return [
        first.system,
        first.variant,
        first.trainRows.toLocaleString('en'),
        first.speed === null ? '' : String(first.speed),
        String(group.length),
        percent(middle, 2),
        percent(spread, 2),
        mean(group.map(({ meanDepth }) => meanDepth)).toFixed(2),
      ];
    }),
  );
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

function millions(value: number): string {
  return `${(value / 1e6).toFixed(1)} M`;
}

/** Copied from the papers, none measured here: other backbones, other data or all of it. */
export const PAPERS = markdownTable(
  ['source', 'model', 'set', 'accuracy', 'fewer multiply-adds or layers'],
  [
    ['FastBERT, table 2', 'BERT-base, 12 layers', 'AG News, all rows', '94.47 %', '1'],
    ['FastBERT, table 2', 'FastBERT, speed 0.1', 'AG News, all rows', '94.38 %', '3.62'],
    ['FastBERT, table 2', 'FastBERT, speed 0.5', 'AG News, all rows', '93.14 %', '10.33'],
    ['FastBERT, table 2', 'FastBERT, speed 0.8', 'AG News, all rows', '92.53 %', '11.72'],
    ['FastBERT, table 2', 'DistilBERT, 6 layers', 'AG News, all rows', '94.64 %', '2'],
    ['FastBERT, table 2', 'DistilBERT, 1 layer', 'AG News, all rows', '92.88 %', '12'],
    ['DistilBERT, table 1', 'DistilBERT, 6 layers', 'SST-2, dev', '91.3 %', '2'],
    ['BERT-of-Theseus, table 2', '6 layers', 'SST-2, dev', '91.5 %', '2'],
    ["PABEE's repository", 'BERT-base, patience', 'SST-2, dev', '92.0 %', '1.62'],
  ],
);
