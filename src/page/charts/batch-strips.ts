/**
 * The map of a batch: a strip a text, a cell a layer, sorted by where the texts left. When there are more
 * texts than pixel rows, several share one and it shows their mean.
 */

import type { Outcome, Sample } from '../outcome.js';
import { columnWidth, type Area } from './plane.js';

/** In pixels: no map is taller, no strip thicker. */
const TALLEST = 360;
const THICKEST = 14;

/** Numbers of the samples by depth, then by uncertainty where they left; those that have not left come last. */
export function byDepth(outcomes: readonly Outcome[]): number[] {
  const rank = Float64Array.from(outcomes, ({ belief }) => (belief ? 2 * belief.exit + belief.uncertainty : Infinity));
  // Between two infinite ranks the difference is NaN: then, too, the numbers decide.
  return [...rank.keys()].toSorted((a, b) => rank[a]! - rank[b]! || a - b);
}

/** Texts of the order from `from` to below `to`, drawn as one strip. */
export interface Strip {
  from: number;
  to: number;
  y: number;
  height: number;
}

/** Strips of whole pixels from `top` on. */
export function strips(n: number, top: number): Strip[] {
  const rows = Math.min(n, TALLEST);
  const height = Math.max(1, Math.min(THICKEST, Math.floor(TALLEST / Math.max(1, n))));
  return Array.from({ length: rows }, (_, row) => ({
    from: Math.floor((row * n) / rows),
    to: Math.floor(((row + 1) * n) / rows),
    y: top + row * height,
    height,
  }));
}

/** How tall the map of so many texts is. */
export function mapHeight(n: number): number {
  const last = strips(n, 0).at(-1);
  return last ? last.y + last.height : 0;
}

export interface MapCell {
  exit: number;
  y: number;
  height: number;
  /** Of several texts the mean. */
  uncertainty: number;
  /** None of its texts needed this layer. */
  beyond: boolean;
}

/** Where an exit's cells stand: whole pixels, one of them between two columns. */
export function cellX(exit: number, area: Area, layers: number): { x: number; width: number } {
  const edge = (column: number): number => Math.round(area.left + column * columnWidth(area, layers));
  return { x: edge(exit), width: edge(exit + 1) - edge(exit) - 1 };
}

/** How strongly a cell is painted: never quite blank, for something was computed there. */
export function cellOpacity({ uncertainty, beyond }: Pick<MapCell, 'uncertainty' | 'beyond'>): number {
  return (0.1 + 0.9 * uncertainty) * (beyond ? 0.3 : 1);
}

/** What is recorded, a cell a strip and exit; where nothing ran there is none. */
export function mapCells(
  samples: readonly Sample[],
  outcomes: readonly Outcome[],
  order: readonly number[],
  rows: readonly Strip[],
  layers: number,
): MapCell[] {
  const needs = (index: number, exit: number): boolean => exit <= (outcomes[index]?.belief?.exit ?? Infinity);
  return rows.flatMap(({ from, to, y, height }) => {
    const texts = order.slice(from, to);
    const needed = meansOf(samples, texts, layers, needs);
    return meansOf(samples, texts, layers).flatMap((mean, exit) => {
      const uncertainty = needed[exit] ?? mean;
      return uncertainty === undefined ? [] : [{ exit, y, height, uncertainty, beyond: needed[exit] === undefined }];
    });
  });
}

/** The mean uncertainty of texts at each exit, undefined where none of them counts; all that is recorded does, or what `counts`. */
export function meansOf(
  samples: readonly Sample[],
  texts: readonly number[],
  layers: number,
  counts?: (index: number, exit: number) => boolean,
): (number | undefined)[] {
  const n: number[] = Array(layers + 1).fill(0);
  const sums = n.slice();
  for (const index of texts) {
    for (const { exit, uncertainty } of samples[index]!.trajectory) {
      if (counts && !counts(index, exit)) continue;
      n[exit]!++;
      sums[exit]! += uncertainty;
    }
  }
  return sums.map((sum, exit) => (n[exit] === 0 ? undefined : sum / n[exit]!));
}

/** Texts that left at one exit, or those that have not left yet: neighbours in the order. */
export interface DepthGroup {
  exit: number | undefined;
  from: number;
  to: number;
}

export function depthGroups(outcomes: readonly Outcome[], order: readonly number[]): DepthGroup[] {
  const groups: DepthGroup[] = [];
  order.forEach((index, place) => {
    const exit = outcomes[index]?.belief?.exit;
    const last = groups.at(-1);
    if (last && last.exit === exit) last.to = place + 1;
    else groups.push({ exit, from: place, to: place + 1 });
  });
  return groups;
}

/** Where a place in the order stands, its end for one past the last. */
export function placeY(place: number, n: number, area: Area): number {
  return area.top + (place / n) * (area.bottom - area.top);
}

/** The place in the order that a height stands for, kept within the texts. */
export function placeAt(y: number, n: number, area: Area): number {
  const place = Math.floor(((y - area.top) / (area.bottom - area.top)) * n);
  return Math.min(n - 1, Math.max(0, place));
}

/** The line along which texts leave: down the right side of each group's last layer. */
export function exitLine(groups: readonly DepthGroup[], n: number, area: Area, layers: number): string {
  let d = '';
  for (const { exit, from, to } of groups) {
    if (exit === undefined) break;
    const { x: left, width } = cellX(exit, area, layers);
    const x = left + width;
    d += `${d ? 'H' : 'M'}${x}${d ? '' : `,${Math.round(placeY(from, n, area))}`}V${Math.round(placeY(to, n, area))}`;
  }
  return d;
}
