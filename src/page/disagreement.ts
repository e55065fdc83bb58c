/**
 * Where a text's answer at its exit and the last layer's differ: what leaving early changes, for
 * better or worse. Texts whose full answer no run has found are not counted as agreeing.
 */

import { classesOf, type Belief } from '../core/index.js';
import { isRight, type Outcome, type Sample } from './outcome.js';

/** What the last layer says, in this run or an earlier one; undefined where none has read on to it. */
export function fullBelief({ trajectory, full }: Sample, lastExit: number): Belief | undefined {
  const last = trajectory.at(-1);
  return last?.exit === lastExit ? last : full;
}

/** Whether the answer at the exit differs from the last layer's; undefined while one of them is unknown. */
export function disagrees(sample: Sample, { belief }: Outcome, lastExit: number): boolean | undefined {
  const full = fullBelief(sample, lastExit);
  if (!belief || !full) return undefined;
  return belief !== full && classesOf(belief).join() !== classesOf(full).join();
}

export interface Disagreement {
  /** Texts of which both answers are known. */
  n: number;
  differ: number;
  /** Of those that differ, how many have a label, and which answer it bears out; maybe neither. */
  labelled: number;
  fastRight: number;
  fullRight: number;
}

export function disagreement(samples: readonly Sample[], outcomes: readonly Outcome[], lastExit: number): Disagreement {
  const found = { n: 0, differ: 0, labelled: 0, fastRight: 0, fullRight: 0 };
  samples.forEach((sample, i) => {
    const differs = disagrees(sample, outcomes[i]!, lastExit);
    if (differs === undefined) return;
    found.n++;
    if (!differs) return;
    found.differ++;
    if (!sample.gold) return;
    found.labelled++;
    if (outcomes[i]!.right) found.fastRight++;
    else if (isRight(fullBelief(sample, lastExit)!, sample.gold)) found.fullRight++;
  });
  return found;
}
