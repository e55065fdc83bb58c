/** What heads say of texts that they did not learn from, as figures: calibration, confusions, and the speed that loses nothing. */

import type { NothingLost, TextOpinion } from '../../src/contract.js';
import { atSpeed, LEAVE_ONE_OUT, type Calibration } from '../../src/core/calibration.js';
import { uncertainty } from '../../src/core/entropy.js';
import type { Heads } from './fit.js';

/** Of the speeds that are tried. */
const STEP = 0.01;

/** The answer of one text's log-probabilities [K]. */
export function answerOf(said: Float64Array, evenClasses: number): Omit<TextOpinion, 'id'> {
  const probabilities = Array.from(said, Math.exp);
  const label = said.indexOf(Math.max(...said));
  return { label, score: probabilities[label]!, uncertainty: uncertainty(probabilities, evenClasses) };
}

/**
 * Of the texts that could be left out, as `calibration.json` has it.
 *
 * @param labels of all n texts
 */
export function calibrationOf({ rows, heldOut }: Pick<Heads, 'rows' | 'heldOut'>, labels: Int32Array, classes: number, evenClasses: number): Calibration {
  const answers = heldOut.map((said) => Array.from(rows, (row) => answerOf(said.subarray(row * classes, (row + 1) * classes), evenClasses)));
  return {
    split: LEAVE_ONE_OUT,
    n: rows.length,
    labels: Array.from(rows, (row) => labels[row]!),
    predictions: answers.map((exit) => exit.map(({ label }) => label)),
    uncertainties: answers.map((exit) => exit.map((answer) => Math.round(answer.uncertainty * 1e5) / 1e5)),
  };
}

/** Right labels against those said at the last exit [K][K]. */
export function confusionsOf({ labels, predictions }: Calibration, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  predictions.at(-1)!.forEach((said, text) => counts[labels[text]!]![said]!++);
  return counts;
}

/** The highest speed up to which, at none below it either, fewer texts are right than with all layers. */
export function nothingLost(calibration: Calibration): NothingLost {
  let best = atSpeed(calibration, 0);
  const { accuracy } = best;
  for (let step = 1; step * STEP <= 1; step++) {
    const point = atSpeed(calibration, step * STEP);
    if (point.accuracy < accuracy) break;
    best = point;
  }
  return { speed: best.speed, accuracy: best.accuracy, meanDepth: best.meanDepth };
}
