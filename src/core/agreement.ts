/** Whether two devices say the same of a text. */

import type { Belief } from './gate.js';

/**
 * How far two devices' probabilities may lie apart. One rounds activations to 7 bits and the other does not:
 * over all exits of 63 sentences and three shipped models that was 0.01 on the median and 0.14 at most.
 * So labels that differ within it are ties.
 */
export const TOLERANCE = 0.2;

/** How far apart the two are at most, over all exits and classes: 0 to 1. */
export function distance(ones: readonly Belief[], others: readonly Belief[]): number {
  const apart = ones.flatMap(({ probabilities }, i) => probabilities.map((p, c) => Math.abs(p - others[i]!.probabilities[c]!)));
  return apart.reduce((most, one) => Math.max(most, one), 0);
}
