/**
 * What each exit believes about every class: a small panel of bars an exit, in the columns of the
 * trajectories' x scale, so that one reads straight down from a line to what was believed there.
 */

import { classesOf, type Belief } from '../../core/index.js';
import { columnWidth, depthX, type Area } from './plane.js';

/** Classes that are shown of a model with more. */
const MOST_CLASSES = 5;
/** A class's name stands above its row of bars; in pixels. */
export const ROW = 34;
const BAR = 14;
/** Room that a number of three digits takes. */
const NUMBER = 28;
/** The rest of a column keeps panels apart. */
const PANEL_SHARE = 0.86;

/** The classes to show, of a model with many those with the highest probability at any exit, the highest first. */
export function shownClasses(trajectory: readonly Belief[], classes: number): number[] {
  const all = Array.from({ length: classes }, (_, i) => i);
  if (classes <= MOST_CLASSES) return all;
  if (trajectory.length === 0) return [];
  const highest = all.map((i) => Math.max(...trajectory.map(({ probabilities }) => probabilities[i]!)));
  return all.toSorted((a, b) => highest[b]! - highest[a]!).slice(0, MOST_CLASSES);
}

/** How many rows of bars a model's classes take. */
export function beliefRows(classes: number): number {
  return Math.min(classes, MOST_CLASSES);
}

/** Where the names of the classes begin: at the first panel. */
export function namesX(area: Area, layers: number): number {
  return depthX(0, area, layers) - (columnWidth(area, layers) * PANEL_SHARE) / 2;
}

export interface BeliefBar {
  class: number;
  probability: number;
  /** Whether the exit answers this class. */
  said: boolean;
  y: number;
  width: number;
  height: number;
  /** Where its number goes: before the bar's end, or after it where the bar is too short; none in a narrow panel. */
  number: { x: number; inside: boolean } | undefined;
}

export interface BeliefPanel {
  exit: number;
  /** As the gate sees it: on the way, where the text left, or beyond. */
  place: 'taken' | 'left' | 'beyond';
  x: number;
  /** Of a bar at probability 1. */
  width: number;
  bars: BeliefBar[];
}

/** One panel an exit that was computed. */
export function beliefPanels(
  trajectory: readonly Belief[],
  left: Belief | undefined,
  shown: readonly number[],
  area: Area,
  layers: number,
): BeliefPanel[] {
  const width = columnWidth(area, layers) * PANEL_SHARE;
  return trajectory.map((belief) => {
    const { exit, probabilities } = belief;
    const x = depthX(exit, area, layers) - width / 2;
    const said = new Set(classesOf(belief));
    return {
      exit,
      place: !left || exit < left.exit ? 'taken' : exit === left.exit ? 'left' : 'beyond',
      x,
      width,
      bars: shown.map((i, row) => {
        const probability = probabilities[i]!;
        const bar = probability * width;
        const inside = bar > NUMBER;
        return {
          class: i,
          probability,
          said: said.has(i),
          y: area.top + (row + 1) * ROW - BAR - 2,
          width: bar,
          height: BAR,
          number: width > 2 * NUMBER ? { x: x + bar + (inside ? -3 : 3), inside } : undefined,
        };
      }),
    };
  });
}
