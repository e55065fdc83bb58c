/** What is taken for something else most often. Pure. */

export interface Confusion {
  /** Number of the right label. */
  right: number;
  /** Number of the one that is said instead. */
  said: number;
  /** How many texts. */
  n: number;
}

/** @param confusions right labels against those said [N][N] */
export function worstConfusion(confusions: readonly (readonly number[])[]): Confusion | undefined {
  let worst: Confusion | undefined;
  for (const [right, row] of confusions.entries()) {
    for (const [said, n] of row.entries()) {
      if (said !== right && n > (worst?.n ?? 0)) worst = { right, said, n };
    }
  }
  return worst;
}
