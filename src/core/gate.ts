/** One decision: leave or go on. */

/** What one exit says of one text. */
export interface Belief {
  /** 0 sits on the embeddings, L is the teacher. */
  exit: number;
  /** One a class, in the order of the model's labels; of a multi-label model each from 0 to 1 on its own. */
  probabilities: number[];
  /** Normalised entropy, in [0, 1]; of a multi-label model that of the label which is least certain. */
  uncertainty: number;
  /** Of a multi-label model only: one a label. */
  labelUncertainties?: number[] | undefined;
}

/** The class that a belief holds likeliest; of equal ones the first. */
export function likeliest({ probabilities }: Pick<Belief, 'probabilities'>): number {
  return probabilities.reduce((best, p, i) => (p > probabilities[best]! ? i : best), 0);
}

/** The classes that a belief answers, in order: the likeliest or, of a multi-label model, all above 0.5, maybe none. */
export function classesOf(belief: Pick<Belief, 'probabilities' | 'labelUncertainties'>): number[] {
  if (!belief.labelUncertainties) return [likeliest(belief)];
  return [...belief.probabilities.keys()].filter((i) => belief.probabilities[i]! > 0.5);
}

/** Their names, the likeliest first. */
export function labelsOf(belief: Pick<Belief, 'probabilities' | 'labelUncertainties'>, names: readonly string[]): string[] {
  const { probabilities } = belief;
  return classesOf(belief).toSorted((a, b) => probabilities[b]! - probabilities[a]!).map((i) => names[i]!);
}

/** What U is held against at exits 0 to L - 1 [L]; exit L always answers. */
export type Thresholds = readonly number[];

/** One speed: the same threshold at all exits. */
export function uniform(speed: number, layers: number): Thresholds {
  return Array.from({ length: layers }, () => speed);
}

/**
 * Whether a text leaves at this belief: U < threshold, strictly; the last exit always answers.
 * So speed 0 never leaves early. (FastBERT, Liu et al., ACL 2020, section 3.3.)
 */
export function leaves(belief: Belief, threshold: number, isLast: boolean): boolean {
  return isLast || belief.uncertainty < threshold;
}

/** Splits the rows of a batch by their beliefs, in order. */
export function gate(
  beliefs: readonly Belief[],
  threshold: number,
  isLast: boolean,
): { leaving: number[]; staying: number[] } {
  const leaving: number[] = [];
  const staying: number[] = [];
  beliefs.forEach((belief, row) => (leaves(belief, threshold, isLast) ? leaving : staying).push(row));
  return { leaving, staying };
}
