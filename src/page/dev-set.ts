/** The dev set as a tally: what the exit histogram shows while there is only one text of one's own. */

import { exitOf, uniform, type Calibration } from '../core/index.js';
import type { Tally } from './outcome.js';

export function devSetTally(calibration: Calibration, speed: number): Tally {
  const { n, labels, predictions } = calibration;
  const thresholds = uniform(speed, predictions.length - 1);
  const exits = predictions.map(() => ({ right: 0, wrong: 0, unlabelled: 0 }));
  let depth = 0;
  let right = 0;
  for (let text = 0; text < n; text++) {
    const exit = exitOf(calibration, text, thresholds);
    const isRight = predictions[exit]![text] === labels[text];
    exits[exit]![isRight ? 'right' : 'wrong']++;
    depth += exit;
    right += Number(isRight);
  }
  return { n, labelled: n, right, meanDepth: depth / n, exits };
}
