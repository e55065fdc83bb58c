/** Accuracy and depth at any speed, computed from the dev set's recorded trajectories. */

import { PackageError } from './package-error.js';

/** `calibration.json`: E exits by n texts, in the order of the dev file. */
export interface Calibration {
  split: string;
  n: number;
  /** The right class of each text [n]. */
  labels: number[];
  /** The class each exit says [E][n]. */
  predictions: number[][];
  /** Normalised entropy at each exit [E][n]. */
  uncertainties: number[][];
}

/** One point of the speed-accuracy curve. Accuracies are fractions, the interval is Wilson's 95 %. */
export interface CurvePoint {
  speed: number;
  accuracy: number;
  interval: [low: number, high: number];
  meanDepth: number;
  /** How many texts leave at each exit [E]. */
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

/** Where the dev set's texts leave at a speed, and how many of them are right. */
export function atSpeed(calibration: Calibration, speed: number): CurvePoint {
  const { n, labels, predictions, uncertainties } = calibration;
  const last = predictions.length - 1;
  const exits = predictions.map(() => 0);
  let right = 0;
  let depth = 0;
  for (let text = 0; text < n; text++) {
    let exit = 0;
    while (exit < last && !(uncertainties[exit]![text]! < speed)) exit++;
    exits[exit]!++;
    depth += exit;
    if (predictions[exit]![text] === labels[text]) right++;
  }
  return {
    speed,
    accuracy: right / n,
    interval: wilson(right, n),
    meanDepth: depth / n,
    exits,
  };
}

/** Checks a parsed `calibration.json` against the model it came with. */
export function parseCalibration(json: unknown, exits: number): Calibration {
  const c = json as Calibration;
  const table = (rows: unknown): boolean =>
    Array.isArray(rows) &&
    rows.length === exits &&
    rows.every((row) => Array.isArray(row) && row.length === c.n);
  if (
    typeof c !== 'object' ||
    c === null ||
    !(c.n > 0) ||
    c.labels?.length !== c.n ||
    !table(c.predictions) ||
    !table(c.uncertainties)
  ) {
    throw new PackageError(
      `calibration.json does not hold ${exits} exits by n texts. Export the package again.`,
    );
  }
  return c;
}
