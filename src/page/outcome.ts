/**
 * What became of a text at a speed: pure, so that a drag of the slider re-gates whole batches
 * between two frames, and the same answer goes to every figure.
 */

import { classesOf, replay, uniform, type Belief } from '../core/index.js';
import type { TextOrPair, Verdict } from '../index.js';

/** A text with what is recorded of it so far. */
export interface Sample {
  text: TextOrPair;
  /** Its right class or, for a multi-label model, classes in order, where the user gave them. */
  gold?: readonly number[] | undefined;
  trajectory: readonly Belief[];
  /** Set once it left. */
  verdict?: Verdict | undefined;
  /** What the last layer said in an earlier run of the same model, where one read on to it. */
  full?: Belief | undefined;
  /** The layer that it waits for while that is still loading. */
  waitsFor?: number | undefined;
}

export interface Outcome {
  /** Where it left; undefined where it has not left yet, or the recording ends too early to say. */
  belief: Belief | undefined;
  /** Whether the answer there is the right one; undefined without a label. */
  right: boolean | undefined;
}

/** What a belief comes to. */
export interface Answer {
  /** The likeliest class or, of a multi-label model, all above 0.5, in order; maybe none. */
  classes: number[];
  /** Its probability; of a multi-label model, that the label which is least certain is as said. */
  score: number;
}

export function answer(belief: Belief): Answer {
  const { probabilities, labelUncertainties } = belief;
  const score = labelUncertainties ? Math.min(...probabilities.map((p) => Math.max(p, 1 - p))) : Math.max(...probabilities);
  return { classes: classesOf(belief), score };
}

/** Whether it holds all classes alike, as every exit does of a text of which nothing could be read. */
export function saysNothing({ probabilities }: Belief): boolean {
  return probabilities.every((p) => p === probabilities[0]);
}

export function isRight(belief: Belief, gold: readonly number[]): boolean {
  return answer(belief).classes.join() === gold.join();
}

/**
 * @param ranAt the speed of the recording
 * @param speed the speed asked about
 * @param lastExit L, the teacher's number
 */
export function outcome(
  { trajectory, verdict, gold }: Sample,
  ranAt: number,
  speed: number,
  lastExit: number,
): Outcome {
  let belief: Belief | undefined;
  if (speed === ranAt && verdict) belief = trajectory.find(({ exit }) => exit === verdict.exit);
  // A fast run at speed 0 records the teacher alone: it cannot tell where a faster run would leave.
  else if (speed <= ranAt || trajectory[0]?.exit === 0) belief = replay(trajectory, uniform(speed, lastExit));
  return { belief, right: belief && gold && isRight(belief, gold) };
}

/** How many texts left at an exit, by whether they are right. */
export interface ExitCount {
  right: number;
  wrong: number;
  unlabelled: number;
}

/** Whether it is right, as the name of its kind. */
export function kindOf({ right }: Pick<Outcome, 'right'>): keyof ExitCount {
  return right === undefined ? 'unlabelled' : right ? 'right' : 'wrong';
}

export interface Tally {
  /** Texts that left. */
  n: number;
  labelled: number;
  right: number;
  /** NaN while n is 0. */
  meanDepth: number;
  exits: ExitCount[];
}

export function tally(outcomes: readonly Outcome[], lastExit: number): Tally {
  const exits = Array.from({ length: lastExit + 1 }, () => ({ right: 0, wrong: 0, unlabelled: 0 }));
  let depth = 0;
  for (const { belief, right } of outcomes) {
    if (!belief) continue;
    depth += belief.exit;
    exits[belief.exit]![kindOf({ right })]++;
  }
  const sum = (kind: keyof ExitCount): number => exits.reduce((all, exit) => all + exit[kind], 0);
  const labelled = sum('right') + sum('wrong');
  const n = labelled + sum('unlabelled');
  return { n, labelled, right: sum('right'), meanDepth: depth / n, exits };
}
