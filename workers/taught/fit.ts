/** All heads of a taught model, from what was read of the texts: a discriminant and a mix an exit, and the words' opinion. */

import { discriminant } from './discriminant.js';
import { mix } from './mix.js';
import type { Known } from './opinions.js';
import { countWords, type WordCounts } from './words.js';

/**
 * Texts, in all and a label, from which on their words are counted in. Measured on dev sets, exit 0: 32 and 64 texts of 4
 * and 2 labels lose by it (AG News four points, SST-2 one), three of each of 77 or 150 labels too (one and a half, a
 * tenth); from 128 texts and five a label on all gain (three tenths of a point to three).
 */
const ENOUGH_FOR_WORDS = { texts: 100, perLabel: 5 };

/** What is learnt from: n texts of K labels, at L + 1 hidden states of width p. */
export interface Lesson {
  /** L + 1. */
  exits: number;
  /** Pooled states at one of them [n, p]. */
  state(number: number): Float64Array;
  /** Word pieces of each text [n]. */
  pieces: readonly (readonly number[])[];
  /** 0 to K - 1 [n]. */
  labels: Int32Array;
  /** K. */
  classes: number;
}

/** One exit. */
export interface ExitHead {
  /** Of the state's discriminant [K, p]. */
  weights: Float64Array;
  bias: Float64Array;
  /** Of opinions: the words' where there is one, and of the states up to this. */
  mix: Float64Array;
}

export interface Heads {
  exits: ExitHead[];
  words: WordCounts | undefined;
  /** What was chosen at each exit: where the next fit begins. */
  shrinkages: number[];
  /** The texts that their label has others of: of the rest nothing can be held out. */
  rows: Int32Array;
  /** Log-probabilities of each text at each exit, by what was learnt from the others [L + 1][n, K]. */
  heldOut: Float64Array[];
}

/**
 * Yields after each exit how many are done.
 *
 * @param near shrinkages of a fit before, on nearly the same texts
 */
export function* fitHeads({ exits, state, pieces, labels, classes }: Lesson, near: readonly number[] = []): Generator<number, Heads> {
  const counts = Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  const rows = Int32Array.from([...labels.keys()].filter((i) => counts[labels[i]!]! > 1));
  const known: Known = { labels, rows };
  const isEnough = labels.length >= Math.max(ENOUGH_FOR_WORDS.texts, ENOUGH_FOR_WORDS.perLabel * classes);
  const words = isEnough ? countWords(pieces, classes, known) : undefined;
  const opinions = words ? [words.heldOut] : [];
  const heads: Heads = { exits: [], words, shrinkages: [], rows, heldOut: [] };
  for (let number = 0; number < exits; number++) {
    const examples = { states: state(number), labels, classes, rows };
    const { weights, bias, shrinkage, heldOut } = discriminant(examples, near[number] ?? heads.shrinkages.at(-1));
    opinions.push(heldOut);
    const mixed = mix(opinions, classes, known);
    heads.exits.push({ weights, bias, mix: mixed.weights });
    heads.shrinkages.push(shrinkage);
    heads.heldOut.push(mixed.heldOut);
    yield number + 1;
  }
  return heads;
}
