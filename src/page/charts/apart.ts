/** Names beside points, moved until none lies on another. */

export interface Label {
  name: string;
  /** Where the name begins. */
  x: number;
  y: number;
}

/** Of a letter on average, and of a line, in pixels at the charts' type size. */
const LETTER = 6.5;
const LINE = 14;

/** Labels whose names would overlap are moved down, the topmost first; their points stay. */
export function apart<T extends Label>(labels: readonly T[]): T[] {
  const placed: T[] = [];
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    let { y } = label;
    const beside = placed.filter((other) => overlap(other, label)).toSorted((a, b) => a.y - b.y);
    for (const other of beside) if (Math.abs(other.y - y) < LINE) y = other.y + LINE;
    placed.push({ ...label, y });
  }
  return placed;
}

/** How wide a name is, about. */
export function widthOf(name: string): number {
  return name.length * LETTER;
}

function overlap(a: Label, b: Label): boolean {
  const end = ({ x, name }: Label): number => x + widthOf(name) + LETTER;
  return a.x < end(b) && b.x < end(a);
}
