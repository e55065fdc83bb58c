/** From logits to beliefs: softmax or sigmoid, and FastBERT's uncertainty. */

import type { Belief } from './gate.js';
import type { Manifest } from './manifest.js';

/** What an exit says by its logits [N] of one text. */
export function beliefOf(
  logits: ArrayLike<number>,
  exit: number,
  { problem_type, uncertainty_classes }: Pick<Manifest, 'problem_type' | 'uncertainty_classes'>,
): Belief {
  if (problem_type === 'single_label_classification') {
    const probabilities = softmax(logits);
    return { exit, probabilities, uncertainty: uncertainty(probabilities, uncertainty_classes) };
  }
  const probabilities = sigmoid(logits);
  const labelUncertainties = probabilities.map((p) => uncertainty([1 - p, p], uncertainty_classes));
  return { exit, probabilities, uncertainty: Math.max(...labelUncertainties), labelUncertainties };
}

/** Probabilities of one row of logits [N] → [N]; NaN logits stay NaN, so that a fault shows. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const top = Math.max(...values);
  const powers = values.map((v) => Math.exp(v - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** Of logits [N] of labels that are each right or not, the probabilities that they are [N]. */
export function sigmoid(logits: ArrayLike<number>): number[] {
  return Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
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
