/**
 * What happens inside a gate, as bars: each class's logit, its probability, and its part of the uncertainty. Softmax
 * sees only how far logits lie apart, so they are told from the largest; they follow from the probabilities, which
 * are what crosses threads. The uncertainty is that of `core/entropy.ts`, taken apart.
 */

import type { Belief } from '../../core/index.js';

/** Classes that have a row of their own; of a model with more, the others share one. */
const MOST = 5;

export interface GateRow {
  /** Number of the class; undefined for all others together. */
  label: number | undefined;
  /** Classes in it. */
  classes: number;
  /** How far below the largest; of a label that is right or not on its own, its own. None of several classes. */
  logit: number | undefined;
  probability: number;
  /** Its part of the uncertainty: -p·ln p / ln k; of a label on its own, its uncertainty. */
  part: number;
}

/** @param uncertaintyClasses k: an even spread over so many classes is an uncertainty of 1 */
export function gateRows({ probabilities, labelUncertainties }: Belief, uncertaintyClasses: number): GateRow[] {
  const part = (p: number): number => (p > 0 ? (-p * Math.log(p)) / Math.log(uncertaintyClasses) : 0);
  const top = Math.max(...probabilities);
  const rows = probabilities.map((p, label) =>
    labelUncertainties
      ? { label, classes: 1, logit: Math.log(p / (1 - p)), probability: p, part: labelUncertainties[label]! }
      : { label, classes: 1, logit: Math.log(p / top), probability: p, part: part(p) },
  );
  const sorted = rows.toSorted((a, b) => (labelUncertainties ? b.part - a.part : b.probability - a.probability));
  if (rows.length <= MOST) return labelUncertainties ? sorted : rows;
  const shown = sorted.slice(0, MOST);
  if (labelUncertainties) return shown;
  const others = sorted.slice(MOST);
  const sum = (of: 'probability' | 'part'): number => others.reduce((all, row) => all + row[of], 0);
  return [...shown, { label: undefined, classes: others.length, logit: undefined, probability: sum('probability'), part: sum('part') }];
}

/** Where the parts stand, end to end, along a scale from 0 to 1; what goes beyond 1 counts as 1. */
export function stackOf(rows: readonly GateRow[]): { label: number | undefined; from: number; to: number }[] {
  let at = 0;
  return rows.map(({ label, part }) => {
    const from = Math.min(1, at);
    at += part;
    return { label, from, to: Math.min(1, at) };
  });
}

/** Logits further below the largest than this have a full bar: their probability is below a thousandth. */
const DEEPEST = 8;

/** The share of its column that a logit's bar takes: the longer, the further from the largest or, of labels on their own, from 0. */
export function logitShare(logit: number): number {
  return Math.min(1, Math.abs(logit) / DEEPEST);
}
