/**
 * Where to ask at all. A gate costs time, on some browsers far more than a layer (Firefox takes 100 ms
 * to read a buffer back): then it is faster to run on than to ask whether one may leave.
 */

import type { Calibration } from './calibration.js';
import type { Thresholds } from './gate.js';

/** Milliseconds on this device. */
export interface Costs {
  /** One layer. */
  layer: number;
  /** One exit, until its numbers are here. */
  gate: number;
}

/** Exits are bits of a number. */
const MOST_LAYERS = 31;
/** Sets of so many gates are tried one and all; of more, those that help least are closed first. */
const MOST = 12;

/**
 * The thresholds with those gates closed (0) without which the dev set takes least time, and gets as
 * many texts right as with all of them.
 *
 * Every set of gates is tried. Going from exit to exit (dynamic programming) would not do: who comes
 * to a gate depends on all gates before it, not on the last one alone.
 */
export function schedule(thresholds: Thresholds, calibration: Calibration, costs: Costs): Thresholds {
  if (thresholds.length > MOST_LAYERS) return thresholds;
  const groups = groupsOf(thresholds, calibration);
  const open = thresholds.flatMap((threshold, exit) => (threshold > 0 && calibration.uncertainties[exit] ? [exit] : []));
  while (open.length > MOST) {
    const without = open.map((exit) => outcome(setOf(open) & ~(1 << exit), groups, thresholds.length, costs).time);
    open.splice(without.indexOf(Math.min(...without)), 1);
  }
  const { wrong } = outcome(setOf(open), groups, thresholds.length, costs);
  let [best, least] = [0, Infinity];
  for (let choice = 0; choice < 2 ** open.length; choice++) {
    const set = setOf(open.filter((_, i) => choice & (1 << i)));
    const found = outcome(set, groups, thresholds.length, costs);
    if (found.wrong <= wrong && found.time < least) [best, least] = [set, found.time];
  }
  return thresholds.map((threshold, exit) => (best & (1 << exit) ? threshold : 0));
}

/** Dev texts that may leave at the same exits. */
interface Group {
  /** The exits, as bits. */
  exits: number;
  count: number;
  /** How many of them each exit gets wrong [L + 1]. */
  wrong: number[];
}

function groupsOf(thresholds: Thresholds, { n, labels, predictions, uncertainties }: Calibration): Group[] {
  const groups = new Map<number, Group>();
  for (let text = 0; text < n; text++) {
    const exits = setOf(thresholds.flatMap((threshold, exit) => (uncertainties[exit] && uncertainties[exit][text]! < threshold ? [exit] : [])));
    const group = groups.get(exits) ?? { exits, count: 0, wrong: predictions.map(() => 0) };
    groups.set(exits, group);
    group.count++;
    predictions.forEach((said, exit) => {
      if (said && said[text] !== labels[text]) group.wrong[exit]!++;
    });
  }
  return [...groups.values()];
}

function setOf(exits: readonly number[]): number {
  return exits.reduce((set, exit) => set | (1 << exit), 0);
}

/** What the dev set takes, and gets wrong, with the gates of a set; the last exit is always asked. */
function outcome(set: number, groups: readonly Group[], last: number, { layer, gate }: Costs): { time: number; wrong: number } {
  let [time, mistakes] = [0, 0];
  for (const { exits, count, wrong } of groups) {
    const leaves = exits & set;
    // The lowest bit: the first exit at which they may leave.
    const exit = leaves ? 31 - Math.clz32(leaves & -leaves) : last;
    let asked = 1;
    for (let before = set & ((1 << exit) - 1); before; before &= before - 1) asked++;
    time += count * (exit * layer + asked * gate);
    mistakes += wrong[exit]!;
  }
  return { time, wrong: mistakes };
}
