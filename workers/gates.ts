/** On a GPU: which gates a batch is asked at. Waiting for an answer can take longer than the next layers. */

import type { Calibration } from '../src/core/calibration.js';
import type { Thresholds } from '../src/core/gate.js';
import { schedule } from '../src/core/schedule.js';
import type { Batch } from './batch.js';
import { BATCH, TOKENS, type GpuTimes } from './measure-costs.js';

/** A gate never counts for more layers than this: so much the measuring can be trusted. */
const MOST_LAYERS = 50;

/** A layer on a batch of so many tokens, rows times the longest: between and beyond the two that were measured. */
export function layerTime({ layer }: GpuTimes, tokens: number): number {
  const perToken = Math.max(0, layer.batch - layer.one) / ((BATCH - 1) * TOKENS);
  return Math.max(layer.one + (tokens - TOKENS) * perToken, Number.EPSILON);
}

/**
 * The thresholds with some gates closed (0). They are left alone where a gate costs no more than a
 * layer: then what could be won is little, and every machine gives the same answers.
 */
export function gatesOn(times: GpuTimes, calibration: Calibration): (thresholds: Thresholds, batch: Batch) => Thresholds {
  const known = new Map<string, Thresholds>();
  return (thresholds, { rows, tokens }) => {
    const layer = layerTime(times, rows.length * tokens);
    if (times.gate <= layer) return thresholds;
    // Rounded, so that few schedules are ever made.
    const costs = { layer: 1, gate: Math.min(Math.ceil(times.gate / layer), MOST_LAYERS) };
    const key = `${costs.gate} ${thresholds.join(' ')}`;
    const found = known.get(key) ?? schedule(thresholds, calibration, costs);
    known.set(key, found);
    return found;
  };
}
