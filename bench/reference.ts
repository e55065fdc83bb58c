/** Compares what the browser said, text by text, with the predictions that training wrote. */

import type { Outcome } from './measure.js';
import { UsageError } from './usage-error.js';

/** What `python -m training evaluate` writes; class numbers and exits, one a row of the data. */
export interface Reference {
  model: string;
  data: string;
  n: number;
  /** By speed, as a decimal number. */
  speeds: Record<string, { labels: number[]; exits: number[] }>;
}

export interface Difference {
  /** Position among the data's rows, from 1. */
  row: number;
  label: [browser: number, reference: number];
  exit: [browser: number, reference: number];
  uncertainty: number;
}

/** Shares of rows, NaN where there are none. */
export interface Agreement {
  n: number;
  sameLabel: number;
  sameExit: number;
  /** The same among rows where no gate was closer to the speed than rounding can decide. */
  clear: { n: number; sameLabel: number; sameExit: number };
  differences: Difference[];
}

/** How near the threshold a gate may be to fall either way. */
export const CLOSE = 1e-3;

/** @param file how error messages call the file */
export function parseReference(source: string, file: string): Reference {
  let reference: Partial<Reference> | null;
  try {
    reference = JSON.parse(source);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const { n, speeds } = reference ?? {};
  if (!Number.isInteger(n) || typeof speeds !== 'object' || speeds === null) {
    throw new UsageError(`${file} holds no predictions: it needs n, and labels and exits by speed.`);
  }
  for (const [speed, { labels, exits }] of Object.entries(speeds)) {
    if (labels?.length !== n || exits?.length !== n) {
      throw new UsageError(`${file}: at speed ${speed} there are not ${n} labels and exits.`);
    }
  }
  return reference as Reference;
}

/** @returns undefined where the reference has no such speed */
export function compare(reference: Reference, speed: number, outcomes: Outcome[]): Agreement | undefined {
  const key = Object.keys(reference.speeds).find((word) => Number(word) === speed);
  if (key === undefined) return undefined;
  const { labels, exits } = reference.speeds[key]!;
  const rows: Difference[] = outcomes.slice(0, reference.n).map((outcome, i) => ({
    row: i + 1,
    label: [outcome.label, labels[i]!],
    exit: [outcome.exit, exits[i]!],
    uncertainty: outcome.uncertainty,
  }));
  const isClear = ({ gated }: Outcome) => gated.every((uncertainty) => Math.abs(uncertainty - speed) > CLOSE);
  return {
    ...shares(rows),
    clear: shares(rows.filter((_, i) => isClear(outcomes[i]!))),
    differences: rows.filter((row) => !same(row.label) || !same(row.exit)),
  };
}

function shares(rows: Difference[]) {
  return {
    n: rows.length,
    sameLabel: rows.filter((row) => same(row.label)).length / rows.length,
    sameExit: rows.filter((row) => same(row.exit)).length / rows.length,
  };
}

function same([browser, reference]: [number, number]): boolean {
  return browser === reference;
}
