/** What the passages say that a long text was read in: how far each speaks for an answer, in numbers that add up. */

/** Below it a probability counts as this one: the logarithm of none has no end. */
const LEAST = 1e-9;

/**
 * A passage's share of an answer, above 0 where it speaks for it. Of classes the logarithm of its probability, less the mean
 * over all classes (the centred log-ratio; Aitchison, 1986); of labels that are each right or not the logit. The shares of all
 * passages sum to the text's.
 *
 * @param each whether labels are each right or not
 */
export function shareOf(probabilities: readonly number[], label: number, each: boolean): number {
  const log = (p: number): number => Math.log(Math.max(LEAST, p));
  const p = probabilities[label]!;
  if (each) return log(p) - log(1 - p);
  return log(p) - probabilities.reduce((sum, one) => sum + log(one), 0) / probabilities.length;
}
