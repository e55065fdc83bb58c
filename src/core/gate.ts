/** One decision: leave or go on. */

/** What one exit says of one text. */
export interface Belief {
  /** 0 sits on the embeddings, L is the teacher. */
  exit: number;
  /** One a class, in the order of the model's labels. */
  probabilities: number[];
  /** Normalised entropy, in [0, 1]. */
  uncertainty: number;
}

/**
 * Whether a text leaves at this belief: U < speed, strictly; the last exit always answers.
 * So speed 0 never leaves early. (FastBERT, Liu et al., ACL 2020, section 3.3.)
 */
export function leaves(belief: Belief, speed: number, isLast: boolean): boolean {
  return isLast || belief.uncertainty < speed;
}

/** Splits the rows of a batch by their beliefs, in order. */
export function gate(
  beliefs: readonly Belief[],
  speed: number,
  isLast: boolean,
): { leaving: number[]; staying: number[] } {
  const leaving: number[] = [];
  const staying: number[] = [];
  beliefs.forEach((belief, row) => (leaves(belief, speed, isLast) ? leaving : staying).push(row));
  return { leaving, staying };
}
