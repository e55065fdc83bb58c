/** Bars of the exit histogram: how many texts left at each exit, right ones at the bottom. */

import type { ExitCount } from '../outcome.js';
import { columnWidth, depthX, shareY, type Area } from './plane.js';

export interface Bar {
  kind: keyof ExitCount;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ExitColumn {
  exit: number;
  total: number;
  /** Middle of the column, and the top of its bars. */
  x: number;
  top: number;
  bars: Bar[];
}

const stack: readonly (keyof ExitCount)[] = ['unlabelled', 'right', 'wrong'];

export function exitColumns(exits: readonly ExitCount[], area: Area): ExitColumn[] {
  const layers = exits.length - 1;
  const totals = exits.map(({ right, wrong, unlabelled }) => right + wrong + unlabelled);
  const highest = Math.max(1, ...totals);
  const width = Math.min(48, columnWidth(area, layers) * 0.7);
  return exits.map((counts, exit) => {
    const x = depthX(exit, area, layers);
    let below = 0;
    const bars = stack.flatMap((kind) => {
      const bottom = shareY(below / highest, area);
      below += counts[kind];
      const top = shareY(below / highest, area);
      return counts[kind] > 0
        ? [{ kind, x: x - width / 2, y: top, width, height: bottom - top }]
        : [];
    });
    return { exit, total: totals[exit]!, x, top: shareY(below / highest, area), bars };
  });
}
