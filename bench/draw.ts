/** Rows drawn a label, by a seed: the same each time, and the fewer are among the more. */

/** @param of the label of each row */
export function draw(of: readonly number[], perLabel: number, seed: number): number[] {
  const rows = new Map<number, number[]>();
  of.forEach((label, row) => rows.set(label, [...(rows.get(label) ?? []), row]));
  return [...rows].toSorted(([a], [b]) => a - b).flatMap(([label, mine]) => shuffled(mine, seed * 1_000_003 + label).slice(0, perLabel));
}

/** Fisher and Yates', by numbers of mulberry32. */
function shuffled(rows: readonly number[], seed: number): number[] {
  const all = [...rows];
  let state = seed >>> 0;
  for (let i = all.length - 1; i > 0; i--) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const j = ((mixed ^ (mixed >>> 14)) >>> 0) % (i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
