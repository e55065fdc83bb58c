/** Texts as dots on a plane: where they stand in pixels, how they are told apart, which is pointed at, and which comes next by the arrow keys. */

import type { Area } from './plane.js';

/** Answers that have a look of their own; all others share one. */
export const LOOKS = 7;

/** [n, 2] row-major, in pixels. */
export type Dots = Float32Array;

/** Both directions to one scale, the points in the middle. */
export function dotsOf(points: Float32Array, { left, right, top, bottom }: Area): Dots {
  const [xs, ys] = [0, 1].map((axis) => rangeOf(points, axis)) as [Range, Range];
  const fit = (length: number, { low, high }: Range): number => (high > low ? length / (high - low) : Infinity);
  const scale = Math.min(fit(right - left, xs), fit(bottom - top, ys));
  const place = (value: number, { low, high }: Range, from: number, to: number): number =>
    (from + to) / 2 + (Number.isFinite(scale) ? (value - (low + high) / 2) * scale : 0);
  return points.map((value, i) => (i % 2 === 0 ? place(value, xs, left, right) : bottom + top - place(value, ys, top, bottom)));
}

interface Range {
  low: number;
  high: number;
}

function rangeOf(points: Float32Array, axis: number): Range {
  let [low, high] = [Infinity, -Infinity];
  for (let i = axis; i < points.length; i += 2) {
    low = Math.min(low, points[i]!);
    high = Math.max(high, points[i]!);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

export interface Group {
  /** What its texts are answered; undefined for all that have no look of their own. */
  answer: string | undefined;
  texts: number[];
}

/** Texts by their answers, the most frequent first; texts without one are in none. */
export function groupsOf(answers: readonly (string | undefined)[]): Group[] {
  const found = new Map<string, number[]>();
  answers.forEach((answer, i) => {
    if (answer === undefined) return;
    if (!found.has(answer)) found.set(answer, []);
    found.get(answer)!.push(i);
  });
  const sorted = [...found].toSorted(([a, one], [b, other]) => other.length - one.length || a.localeCompare(b));
  const own = sorted.length > LOOKS + 1 ? LOOKS : sorted.length;
  const groups: Group[] = sorted.slice(0, own).map(([answer, texts]) => ({ answer, texts }));
  const others = sorted.slice(own).flatMap(([, texts]) => texts);
  return others.length > 0 ? [...groups, { answer: undefined, texts: others }] : groups;
}

/** The dot next to a place, within `reach` pixels; of equal ones the last, which lies on top. */
export function dotAt(dots: Dots, at: { x: number; y: number }, reach = 16): number | undefined {
  let [best, closest] = [-1, reach ** 2];
  for (let i = 0; 2 * i < dots.length; i++) {
    const distance = (dots[2 * i]! - at.x) ** 2 + (dots[2 * i + 1]! - at.y) ** 2;
    if (distance <= closest) [best, closest] = [i, distance];
  }
  return best < 0 ? undefined : best;
}

const DIRECTIONS: Record<string, [x: number, y: number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The dot that an arrow key leads to: the closest that lies rather that way than to its side; where there is none,
 * it stays. Without a dot to start from, the outermost one on the other side. Undefined for other keys.
 */
export function dotBeyond(dots: Dots, from: number | undefined, key: string): number | undefined {
  const direction = DIRECTIONS[key];
  if (!direction || dots.length === 0) return undefined;
  const [dx, dy] = direction;
  let [best, least] = [from, Infinity];
  for (let i = 0; 2 * i < dots.length; i++) {
    const [x, y] = [dots[2 * i]!, dots[2 * i + 1]!];
    if (from === undefined) {
      if (x * dx + y * dy < least) [best, least] = [i, x * dx + y * dy];
      continue;
    }
    const [ex, ey] = [x - dots[2 * from]!, y - dots[2 * from + 1]!];
    const ahead = ex * dx + ey * dy;
    const aside = Math.abs(ex * dy) + Math.abs(ey * dx);
    // Of dots on one place each is reached, in their order.
    const isSame = ex === 0 && ey === 0 && i > from;
    if (isSame ? least > 0 : ahead > 0 && ahead >= aside && ahead + aside < least) [best, least] = [i, isSame ? 0 : ahead + aside];
  }
  return best;
}
