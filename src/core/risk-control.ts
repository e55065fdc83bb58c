/**
 * A promise of agreement: with a confidence of 95 %, at most so many answers differ from those of the last exit. It
 * needs no labels. Risk control by an exact binomial test on a fixed path of thresholds, from the safest to the fastest
 * (Angelopoulos et al., "Learn then Test", 2021, arXiv 2110.01052, section 3; for early exit Jazbec et al., "Fast yet
 * Safe", 2024, arXiv 2405.20915).
 *
 * The path must not be chosen by the texts that it is tested on, as the fitted thresholds of a speedup are. And a text
 * counts as differing if any exit that would let it leave answers otherwise than the last one, not the first of them
 * alone. So the risk only grows along the path, which is walked without steps; and the promise outlives that a
 * device closes some of the gates (`schedule`). Beside the first alone it costs next to nothing from 0.98 on.
 */

import { atThresholds, LEAVE_ONE_OUT, type Calibration } from './calibration.js';
import type { Thresholds } from './gate.js';
import type { Setting } from './thresholds.js';

const CONFIDENCE = 0.95;
/** `calibration.json` has uncertainties to five digits. */
const ROUNDING = 1e-5;

/** What is promised, and on what grounds. */
export interface Promised extends Setting {
  /** How likely it was, before the dev set was drawn, that the promise would hold. */
  confidence: number;
  /** Dev texts. */
  n: number;
  /** How many of them an exit would let leave that answers otherwise than the last one. */
  differing: number;
  /** The fewest dev texts that could prove it, none of them differing: of fewer, all layers run. Infinity for 1. */
  needed: number;
}

/**
 * The fastest setting of the path of which it is proven that, of texts like the dev set's, at least this share gets the
 * answer of the last exit; all layers where nothing is proven. Undefined of a calibration by leave-one-out: its texts
 * are no sample, and what answered each of them is not the model.
 *
 * @param agreement a share, above 0 and up to 1
 */
export function forAgreement(calibration: Calibration, agreement: number): Promised | undefined {
  if (calibration.split === LEAVE_ONE_OUT) return undefined;
  const { n } = calibration;
  const layers = calibration.predictions.length - 1;
  const differAt = placesOf(calibration);
  const most = mostDiffering(n, agreement);
  const place = most < 0 ? 0 : (differAt[most] ?? 1);
  const thresholds = onPath(place, layers);
  return {
    thresholds,
    ...atThresholds(calibration, thresholds),
    confidence: CONFIDENCE,
    n,
    differing: differAt.filter((one) => one < place).length,
    needed: Math.ceil(Math.log(1 / (1 - CONFIDENCE)) / Math.log(1 / agreement)),
  };
}

/**
 * The path, from place 0, where no text leaves early, to 1, where nearly all leave at exit 0. The odds of an exit's
 * threshold are those of the place over the share of layers that are still to come: of two exits as sure as each other
 * the later one agrees more often with the last. (In a trial on the dev sets of the three shipped models, one threshold
 * for all exits took a seventh more layers for the same promise, from 0.99 on.)
 */
function onPath(place: number, layers: number): Thresholds {
  return Array.from({ length: layers }, (_, exit) => place / (place + (1 - place) * toCome(exit, layers)));
}

/** The place up to which an uncertainty does not leave at an exit. */
function placeOf(uncertainty: number, exit: number, layers: number): number {
  const odds = uncertainty * toCome(exit, layers);
  return odds / (odds + 1 - uncertainty);
}

function toCome(exit: number, layers: number): number {
  return (layers - exit) / layers;
}

const places = new WeakMap<Calibration, number[]>();

/** The places beyond which dev texts differ, in order; of those that differ nowhere, none. */
function placesOf(calibration: Calibration): number[] {
  const known = places.get(calibration);
  if (known) return known;
  const { n, predictions, uncertainties } = calibration;
  const layers = predictions.length - 1;
  const last = predictions[layers]!;
  const found = Array.from({ length: n }, (_, text) =>
    Math.min(
      ...predictions.slice(0, layers).map((said, exit) => {
        if (!said || said[text] === last[text]) return Infinity;
        return placeOf(Math.max(0, uncertainties[exit]![text]! - ROUNDING), exit, layers);
      }),
    ),
  );
  const sorted = found.filter((place) => place < Infinity).toSorted((a, b) => a - b);
  places.set(calibration, sorted);
  return sorted;
}

/**
 * How many of n texts may differ: the largest k of which so few, or fewer, are seen in one of twenty samples if the
 * share that agrees is no larger than the one asked for, P(Bin(n, 1 - agreement) <= k) <= 0.05 (Clopper and Pearson,
 * 1934). -1 where not even 0 is so rare.
 */
function mostDiffering(n: number, agreement: number): number {
  const odds = Math.log((1 - agreement) / agreement);
  let most = -1;
  let logarithm = n * Math.log(agreement);
  for (let atMost = Math.exp(logarithm); atMost <= 1 - CONFIDENCE; atMost += Math.exp(logarithm)) {
    most++;
    logarithm += Math.log((n - most) / (most + 1)) + odds;
  }
  return most;
}
