/** From logits to beliefs: softmax, and FastBERT's uncertainty. */

/** Probabilities of one row of logits [N] → [N]; NaN logits stay NaN, so that a fault shows. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const top = Math.max(...values);
  const powers = values.map((v) => Math.exp(v - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/**
 * Normalised entropy of probabilities [N]: U = Σ p·ln p / ln(1/k), in [0, 1].
 * 0: all on one class; 1: spread evenly over k classes, or wider. With k = N it is FastBERT's
 * (Liu et al., ACL 2020, equation 6); of many classes it is so small nearly always that all useful
 * speeds would crowd near 0.
 *
 * @param classes k, at most N
 */
export function uncertainty(probabilities: readonly number[], classes: number): number {
  let sum = 0;
  for (const p of probabilities) if (p > 0) sum += p * Math.log(p);
  // Rounding must not leave [0, 1]: a uniform belief would otherwise pass a gate at speed 1.
  return Math.min(1, Math.max(0, sum / Math.log(1 / classes)));
}
