/** Four ways to say how fast: a threshold, a number of times, an accuracy to keep, or an agreement that is promised. */

import type { Calibration } from './calibration.js';
import { uniform, type Thresholds } from './gate.js';
import { forAgreement } from './risk-control.js';
import { forAccuracy, forSpeedup } from './thresholds.js';

export type Target =
  /** One threshold for all exits, in [0, 1]. */
  | { speed: number }
  /** How many times fewer layers than all of them, on the mean, from 1 up. */
  | { speedup: number }
  /** As fast as it can be while its accuracy on dev, at the lower end of the 95 % interval, is so much. */
  | { accuracy: number }
  /** As fast as it can be while it is proven that so large a share of answers, in (0, 1], is the last exit's. */
  | { agreement: number };

/** The thresholds of a target; undefined where the accuracy, or any promise of agreement, is not to be had. */
export function thresholdsFor(target: Target, calibration: Calibration): Thresholds | undefined {
  if ('speed' in target) return uniform(target.speed, calibration.predictions.length - 1);
  if ('speedup' in target) return forSpeedup(calibration, target.speedup).thresholds;
  if ('accuracy' in target) return forAccuracy(calibration, target.accuracy)?.thresholds;
  return forAgreement(calibration, target.agreement)?.thresholds;
}
