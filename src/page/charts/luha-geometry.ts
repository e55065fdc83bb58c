/** Accuracy by uncertainty as marks: a step a bin with its interval above, its count as a bar beneath. */

import type { UncertaintyBin } from '../../core/index.js';
import { accuracyRange } from './curve-geometry.js';
import { shareY, type Area } from './plane.js';
import { polyline, type Point } from './polyline.js';

/** Where an uncertainty stands, which runs from left to right here. */
export function unsureX(uncertainty: number, { left, right }: Area): number {
  return left + uncertainty * (right - left);
}

export type Range = readonly [low: number, high: number];

/** Accuracies shown, the same for all exits: every interval of theirs. */
export function luhaRange(exits: readonly (readonly UncertaintyBin[])[]): Range {
  return accuracyRange(exits.flat().flatMap(({ interval }) => (interval ? { interval } : [])), []);
}

/** The height of an accuracy. */
export function accuracyY(accuracy: number, [low, high]: Range, area: Area): number {
  return shareY((accuracy - low) / (high - low), area);
}

/** A bin with texts in it. */
export interface BinMark {
  bin: UncertaintyBin;
  /** Middle of the bin. */
  x: number;
  width: number;
  y: number;
  /** Ends of the 95 % interval. */
  top: number;
  bottom: number;
}

/** The bins that hold texts; an empty one stays blank. */
export function binMarks(bins: readonly UncertaintyBin[], range: Range, area: Area): BinMark[] {
  return bins.flatMap((bin) => {
    const { low, high, accuracy, interval } = bin;
    if (accuracy === undefined || !interval) return [];
    const x = unsureX((low + high) / 2, area);
    const width = unsureX(high, area) - unsureX(low, area);
    const [bottom, top, y] = [...interval, accuracy].map((one) => accuracyY(one, range, area)) as [number, number, number];
    return [{ bin, x, width, y, top, bottom }];
  });
}

/** Another exit's accuracies as a thin line, broken at its empty bins. */
export function luhaPath(bins: readonly UncertaintyBin[], range: Range, area: Area): string {
  const runs: Point[][] = [[]];
  for (const { low, high, accuracy } of bins) {
    if (accuracy === undefined) runs.push([]);
    else runs.at(-1)!.push([unsureX((low + high) / 2, area), accuracyY(accuracy, range, area)]);
  }
  return runs.map(polyline).join('');
}

export interface CountBar {
  bin: UncertaintyBin;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How many texts a bin holds, to the height of the fullest; what is there at all is seen. */
export function countBars(bins: readonly UncertaintyBin[], area: Area): CountBar[] {
  const most = Math.max(1, ...bins.map(({ n }) => n));
  return bins.map((bin) => {
    const height = bin.n === 0 ? 0 : Math.max(1, area.bottom - shareY(bin.n / most, area));
    const x = unsureX(bin.low, area);
    return { bin, x: x + 1, y: area.bottom - height, width: Math.max(1, unsureX(bin.high, area) - x - 2), height };
  });
}
