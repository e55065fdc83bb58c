/** Compares what the browser said, text by text, with the trajectories that training wrote. */

import { exitOf, parseCalibration, PackageError, type Calibration, type Thresholds } from '../src/core/index.js';
import { sameLabels } from './labelled-texts.js';
import type { Outcome } from './measure.js';
import { UsageError } from './usage-error.js';

export interface Difference {
  /** Position among the data's rows, from 1. */
  row: number;
  /** Class numbers. */
  labels: [browser: number[], reference: number[]];
  exit: [browser: number, reference: number];
  uncertainty: number;
}

/** Shares of rows, NaN where there are none. */
export interface Agreement {
  n: number;
  sameLabel: number;
  sameExit: number;
  /** The same among rows where no gate was closer to its threshold than rounding can decide. */
  clear: { n: number; sameLabel: number; sameExit: number };
  differences: Difference[];
}

/** How near the threshold a gate may be to fall either way. */
export const CLOSE = 1e-3;

/**
 * What `python -m training evaluate --trajectories` writes.
 *
 * @param exits of the model [L + 1]
 * @param file how error messages call the file
 */
export function parseReference(source: string, exits: readonly unknown[], file: string): Calibration {
  try {
    return parseCalibration(JSON.parse(source), exits);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file} is not JSON: ${error.message}`);
    if (error instanceof PackageError) {
      throw new UsageError(`${file} holds no trajectories of this model: python -m training evaluate --trajectories writes them.`);
    }
    throw error;
  }
}

export function compare(reference: Calibration, thresholds: Thresholds, outcomes: Outcome[]): Agreement {
  const rows: Difference[] = outcomes.slice(0, reference.n).map((outcome, i) => {
    const exit = exitOf(reference, i, thresholds);
    const said = reference.predictions[exit]![i]!;
    return {
      row: i + 1,
      labels: [outcome.labels, reference.label_sets?.[said] ?? [said]],
      exit: [outcome.exit, exit],
      uncertainty: outcome.uncertainty,
    };
  });
  const isClear = ({ gated }: Outcome) =>
    gated.every(({ exit, uncertainty }) => Math.abs(uncertainty - thresholds[exit]!) > CLOSE);
  return {
    ...shares(rows),
    clear: shares(rows.filter((_, i) => isClear(outcomes[i]!))),
    differences: rows.filter((row) => !sameLabels(...row.labels) || !sameExit(row)),
  };
}

function shares(rows: Difference[]) {
  return {
    n: rows.length,
    sameLabel: rows.filter((row) => sameLabels(...row.labels)).length / rows.length,
    sameExit: rows.filter((row) => sameExit(row)).length / rows.length,
  };
}

function sameExit({ exit: [browser, reference] }: Difference): boolean {
  return browser === reference;
}
