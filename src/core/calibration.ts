/** Accuracy and depth at any speed, computed from the dev set's recorded trajectories. */

import { uniform, type Thresholds } from './gate.js';
import { PackageError } from './package-error.js';

/** The `split` of what was taught in a page: what is said of each text by what was learnt from the others. */
export const LEAVE_ONE_OUT = 'leave-one-out';

/** `calibration.json`: L + 1 hidden states by n texts, in the order of the dev file. */
export interface Calibration {
  split: string;
  n: number;
  /** Of a multi-label model: `labels` and `predictions` are numbers of these sets of classes. */
  label_sets?: number[][];
  /** The right class of each text [n]. */
  labels: number[];
  /** The class each exit says [L + 1][n]; null for a hidden state without an exit. */
  predictions: (number[] | null)[];
  /** Normalised entropy at each exit [L + 1][n], null in the same places. */
  uncertainties: (number[] | null)[];
}

/** One point of the speed-accuracy curve. Accuracies are fractions, the interval is Wilson's 95 %. */
export interface CurvePoint {
  speed: number;
  accuracy: number;
  interval: [low: number, high: number];
  meanDepth: number;
  /** How many texts leave at each exit [L + 1]. */
  exits: number[];
}

const Z = 1.959964;

/** Wilson's 95 % interval of `right` out of `n` (Wilson, 1927); [0, 1] where n is 0. */
export function wilson(right: number, n: number): [number, number] {
  if (n === 0) return [0, 1];
  const share = right / n;
  const spread = 1 + (Z * Z) / n;
  const centre = (share + (Z * Z) / (2 * n)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** The exit at which one of the dev set's texts leaves that has come to exit `from`. */
export function exitOf(
  { uncertainties }: Calibration,
  text: number,
  thresholds: Thresholds,
  from = 0,
): number {
  let exit = from;
  while (exit < thresholds.length && !((uncertainties[exit]?.[text] ?? Infinity) < thresholds[exit]!)) exit++;
  return exit;
}

/** Where the dev set's texts leave, and how many of them are right. */
export function atThresholds(calibration: Calibration, thresholds: Thresholds): Omit<CurvePoint, 'speed'> {
  const { n, labels, predictions } = calibration;
  const exits = predictions.map(() => 0);
  let right = 0;
  let depth = 0;
  for (let text = 0; text < n; text++) {
    const exit = exitOf(calibration, text, thresholds);
    exits[exit]!++;
    depth += exit;
    if (predictions[exit]![text] === labels[text]) right++;
  }
  return {
    accuracy: right / n,
    interval: wilson(right, n),
    meanDepth: depth / n,
    exits,
  };
}

/** The same with one threshold for all exits. */
export function atSpeed(calibration: Calibration, speed: number): CurvePoint {
  return { speed, ...atThresholds(calibration, uniform(speed, calibration.predictions.length - 1)) };
}

/** Checks a parsed `calibration.json` against the exits [L + 1] of the manifest it came with. */
export function parseCalibration(json: unknown, exits: readonly unknown[]): Calibration {
  const c = json as Calibration;
  const table = (rows: unknown): boolean =>
    Array.isArray(rows) &&
    rows.length === exits.length &&
    rows.every((row, i) => (exits[i] === null ? row === null : Array.isArray(row) && row.length === c.n));
  if (
    typeof c !== 'object' ||
    c === null ||
    !(c.n > 0) ||
    c.labels?.length !== c.n ||
    !table(c.predictions) ||
    !table(c.uncertainties)
  ) {
    throw new PackageError(
      `calibration.json does not hold n texts for each of the manifest's exits. Export the package again.`,
    );
  }
  return c;
}
