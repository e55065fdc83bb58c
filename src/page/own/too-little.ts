/** What is missing before anything can be learnt. Pure. */

import type { TaughtText } from '../../index.js';

export type TooLittle =
  | { why: 'no labels' }
  | { why: 'one label' }
  /** Fewer than two labels have two texts: those that have fewer. */
  | { why: 'texts'; labels: string[] };

/** @returns undefined where there is enough: two labels with two texts each */
export function tooLittle(labels: readonly string[], texts: readonly TaughtText[]): TooLittle | undefined {
  if (labels.length === 0) return { why: 'no labels' };
  if (labels.length === 1) return { why: 'one label' };
  const short = labels.filter((label) => texts.filter((text) => text.label === label).length < 2);
  return labels.length - short.length < 2 ? { why: 'texts', labels: short } : undefined;
}
