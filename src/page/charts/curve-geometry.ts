/** The speed-accuracy curve: what the dev set gives at every speed, as a line with its band. */

import { atSpeed, type Calibration, type CurvePoint } from '../../core/index.js';
import type { Rivals, StaticModel } from '../rivals.js';
import { rivalName } from '../wording.js';
import { apart, widthOf } from './apart.js';
import type { Area } from './plane.js';
import { band, polyline } from './polyline.js';

/** The curve at every setting of the slider. */
export function curve(calibration: Calibration): CurvePoint[] {
  return Array.from({ length: 101 }, (_, i) => atSpeed(calibration, i / 100));
}

/** Accuracies shown, widened to whole steps of five points: the band's, and all others. */
export function accuracyRange(points: readonly Pick<CurvePoint, 'interval'>[], others: readonly number[]): [low: number, high: number] {
  const low = Math.min(...points.map(({ interval }) => interval[0]), ...others);
  const high = Math.max(...points.map(({ interval }) => interval[1]), ...others);
  // Rounded first: 0.85 * 20 is not quite 17.
  const step = (value: number): number => Math.round(value * 2000) / 100;
  return [Math.floor(step(low)) / 20, Math.min(1, Math.ceil(step(high)) / 20)];
}

/** Multiples of five points from low to high; of ten where they would crowd. */
export function accuracyTicks([low, high]: readonly [number, number]): number[] {
  const step = high - low > 0.3 ? 2 : 1;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low * 20 - 1e-9); tick <= high * 20 + 1e-9; tick++) {
    if (tick % step === 0) ticks.push(tick / 20);
  }
  return ticks;
}

export interface CurvePlace {
  x(meanDepth: number): number;
  y(accuracy: number): number;
}

export function curvePlace(
  area: Area,
  layers: number,
  [low, high]: readonly [number, number],
): CurvePlace {
  return {
    x: (meanDepth) => area.left + (meanDepth / layers) * (area.right - area.left),
    y: (accuracy) => area.bottom - ((accuracy - low) / (high - low)) * (area.bottom - area.top),
  };
}

export function curvePaths(
  points: readonly CurvePoint[],
  { x, y }: CurvePlace,
): { line: string; band: string } {
  const at = (of: (point: CurvePoint) => number) => points.map((point) => [x(point.meanDepth), y(of(point))] as const);
  return {
    line: polyline(at(({ accuracy }) => accuracy)),
    band: band(at(({ interval }) => interval[0]), at(({ interval }) => interval[1])),
  };
}

/** From a point to its name. */
const BESIDE = 9;

export interface RivalMark {
  name: string;
  x: number;
  y: number;
  /** Where its name begins, on the name's middle. */
  label: { x: number; y: number };
}

/** Static models as points, with their names beside them and off each other. */
export function rivalMarks(models: readonly StaticModel[], place: CurvePlace, right: number): RivalMark[] {
  const marks = models.map((model) => {
    const name = rivalName(model);
    const [x, y] = [place.x(model.layers), place.y(model.accuracy)];
    const fits = x + BESIDE + widthOf(name) <= right;
    return { name, at: { x, y }, x: fits ? x + BESIDE : x - BESIDE - widthOf(name), y };
  });
  return apart(marks).map(({ name, at, x, y }) => ({ name, ...at, label: { x, y } }));
}

/** Early exit of the static models' training rows, as a line. */
export function earlyPath(early: Rivals['early'], { x, y }: CurvePlace): string {
  return polyline(early.map(({ layers, accuracy }) => [x(layers), y(accuracy)]));
}

/** The point whose mean depth is closest to an x; of several, the one with the lowest speed. */
export function pointAt(points: readonly CurvePoint[], x: number, place: CurvePlace): CurvePoint {
  const distance = (point: CurvePoint): number => Math.abs(place.x(point.meanDepth) - x);
  return points.reduce((best, point) => (distance(point) < distance(best) ? point : best));
}
