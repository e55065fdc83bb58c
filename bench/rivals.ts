/** The page's points: what a comparison's static models, and early exit beside them, reach on dev. */

import type { Rivals } from '../src/page/rivals.js';
import { wilson } from '../src/core/index.js';
import { layersWorth, oneSeedOnAllRows, type Row } from './models-report.js';

/** Those that were made to be used, and are measured as packages. */
const SHOWN: Record<string, readonly string[]> = {
  truncate: ['1 layer', '2 layers', '3 layers', '6 layers'],
  distilbert: ['three losses'],
  'theseus-bernoulli': ['3 layers'],
  'theseus-proportional': ['3 layers'],
  layerdrop: ['every other layer tuned'],
  'prune-ffn': ['half of the neurons', 'a quarter of the neurons'],
  'prune-heads': ['half of the heads', 'a quarter of the heads'],
};

export function isRival({ system, variant }: Pick<Row, 'system' | 'variant'>): boolean {
  return SHOWN[system]?.includes(variant) ?? false;
}

/** Early exit that learned from the same rows as they. */
export function isEarlyExit({ system, variant }: Pick<Row, 'system' | 'variant'>): boolean {
  return system === 'joint' && variant === 'one threshold';
}

/** @param dev the rows that both the comparison's models and the page's curve are measured on */
export function rivals(rows: readonly Row[], dev: { split: string; n: number }): Rivals {
  const comparable = oneSeedOnAllRows(rows);
  return {
    split: dev.split,
    n: dev.n,
    trainRows: comparable[0]?.trainRows ?? 0,
    models: comparable
      .filter(isRival)
      .map((row) => ({
        system: row.system,
        variant: row.variant,
        layers: Number(layersWorth(row, comparable).toFixed(2)),
        accuracy: row.devAccuracy,
        interval: rounded(wilson(Math.round(row.devAccuracy * dev.n), dev.n)),
      })),
    early: comparable
      .filter(isEarlyExit)
      .map((row) => ({ speed: row.speed!, layers: row.devMeanDepth, accuracy: row.devAccuracy })),
  };
}

function rounded([low, high]: [number, number]): [number, number] {
  return [Number(low.toFixed(4)), Number(high.toFixed(4))];
}
