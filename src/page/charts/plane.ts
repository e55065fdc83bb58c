/**
 * The plane that trajectories and exit histogram share: exits stand at the same x in both, so
 * that one reads straight down from a line to its bar.
 */

/** A chart's inner area in pixels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A chart's width and the room around its inner area. */
export function areaOf(
  width: number,
  height: number,
  margin: { left: number; right: number; top: number; bottom: number },
): Area {
  return {
    left: margin.left,
    right: Math.max(margin.left + 1, width - margin.right),
    top: margin.top,
    bottom: height - margin.bottom,
  };
}

/** Width of one exit's column; exits are 0 to `layers`. */
export function columnWidth(area: Area, layers: number): number {
  return (area.right - area.left) / (layers + 1);
}

/** Pixels that a digit takes, about, and the space between two names. */
const DIGIT = 7;
const GAP = 4;

/** Whether words of so many letters fit beside others of their kind, one a column. */
export function fitsColumn(letters: number, area: Area, layers: number): boolean {
  return letters * DIGIT + GAP <= columnWidth(area, layers);
}

/** Middle of an exit's column; between two exits for a mean depth. */
export function depthX(depth: number, area: Area, layers: number): number {
  return area.left + (depth + 0.5) * columnWidth(area, layers);
}

/** A share in [0, 1] from the area's bottom to its top. */
export function shareY(share: number, area: Area): number {
  return area.bottom - share * (area.bottom - area.top);
}

/** The share at a height: what `shareY` undoes. */
export function shareAt(y: number, area: Area): number {
  return (area.bottom - y) / (area.bottom - area.top);
}

/** The exit whose column an x lies in, kept within the exits. */
export function exitAt(x: number, area: Area, layers: number): number {
  const column = Math.floor((x - area.left) / columnWidth(area, layers));
  return Math.min(layers, Math.max(0, column));
}
