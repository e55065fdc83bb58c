/** LUHA, "lower uncertainty, higher accuracy": the hypothesis that makes the gate work, held against the dev set. */

import { wilson, type Calibration } from './calibration.js';

/** Texts of a range of uncertainty, and how many of them an exit answers rightly. */
export interface Reliability {
  n: number;
  right: number;
  /** right / n; undefined where n is 0. */
  accuracy: number | undefined;
  /** Wilson's 95 % interval of the accuracy; undefined where n is 0. */
  interval: [low: number, high: number] | undefined;
}

/** Uncertainties from low to below high; the last bin holds 1 too. */
export interface UncertaintyBin extends Reliability {
  low: number;
  high: number;
}

const BINS = 10;

/**
 * An exit's answers to all dev texts, those too that leave earlier, in ten equal bins of its
 * uncertainty; all empty for a hidden state without an exit. (FastBERT, Liu et al., ACL 2020, figure 4.)
 */
export function luha(calibration: Calibration, exit: number): UncertaintyBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const [low, high] = [bin / BINS, (bin + 1) / BINS];
    return { low, high, ...reliability(calibration, exit, low, bin === BINS - 1 ? Infinity : high) };
  });
}

/** An exit's answers to the dev texts whose uncertainty there is at least low and below high. */
export function reliability(
  { labels, predictions, uncertainties }: Calibration,
  exit: number,
  low: number,
  high: number,
): Reliability {
  let n = 0;
  let right = 0;
  uncertainties[exit]?.forEach((uncertainty, text) => {
    if (uncertainty < low || uncertainty >= high) return;
    n++;
    if (predictions[exit]?.[text] === labels[text]) right++;
  });
  return n === 0
    ? { n, right, accuracy: undefined, interval: undefined }
    : { n, right, accuracy: right / n, interval: wilson(right, n) };
}
