/** Straight lines as SVG path data, to a tenth of a pixel. A smooth curve would show values that were never there. */

export type Point = readonly [x: number, y: number];

/** A line through the points; a single point is closed, so that its round end shows. */
export function polyline(points: readonly Point[]): string {
  const corners = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${short(x)},${short(y)}`);
  return corners.join('') + (points.length === 1 ? 'Z' : '');
}

/** The area between two lines, both from left to right. */
export function band(one: readonly Point[], other: readonly Point[]): string {
  return one.length === 0 ? '' : `${polyline([...one, ...other.toReversed()])}Z`;
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}
