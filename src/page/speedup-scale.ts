/** The slider's second scale: at which speeds the dev set takes so many times fewer layers. */

import { atSpeed, type Calibration } from '../core/index.js';

export interface SpeedupTick {
  speedup: number;
  speed: number;
}

const SPEEDUPS = [1.5, 2, 3, 4, 6, 8, 12, 20];
/** Ticks closer than this would lie on each other. */
const APART = 0.07;
const STEPS = 100;

export function speedupScale(calibration: Calibration): SpeedupTick[] {
  const layers = calibration.predictions.length - 1;
  const depths = Array.from({ length: STEPS + 1 }, (_, i) => atSpeed(calibration, i / STEPS).meanDepth);
  const ticks: SpeedupTick[] = [];
  for (const speedup of SPEEDUPS) {
    const step = depths.findIndex((depth) => depth * speedup <= layers);
    if (step >= 0 && step / STEPS >= (ticks.at(-1)?.speed ?? -1) + APART) ticks.push({ speedup, speed: step / STEPS });
  }
  return ticks;
}
