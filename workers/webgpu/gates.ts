/**
 * Which gates a batch is asked at, and whether the next layer starts while an answer is still awaited.
 * Both depend on what layers and gates take on this GPU. (On WASM nothing runs side by side, and a gate
 * is always a small part of a layer.)
 */

import { atThresholds, type Calibration } from '../../src/core/calibration.js';
import type { Thresholds } from '../../src/core/gate.js';
import { schedule } from '../../src/core/schedule.js';
import type { Gates } from '../model.js';
import type { GpuBatch } from './gpu-batch.js';
import { BATCH, TOKENS, type GpuTimes } from './measure-costs.js';

/** A gate never counts for more layers than this: so much the measuring can be trusted. */
const MOST_LAYERS = 50;

/** A layer on a batch of so many tokens, rows times the longest: between and beyond the two that were measured. */
export function layerTime({ layer }: GpuTimes, tokens: number): number {
  const perToken = Math.max(0, layer.batch - layer.one) / ((BATCH - 1) * TOKENS);
  return Math.max(layer.one + (tokens - TOKENS) * perToken, Number.EPSILON);
}

export class GpuGates implements Gates {
  private readonly schedules = new Map<string, Thresholds>();
  private readonly shares = new Map<string, number[]>();

  constructor(
    private readonly times: GpuTimes,
    private readonly calibration: Calibration,
  ) {}

  /**
   * They are left alone where a gate costs no more than a
   * layer: then what could be won is little, and every machine gives the same answers.
   */
  open(thresholds: Thresholds, { rows, tokens }: GpuBatch): Thresholds {
    const layer = layerTime(this.times, rows.length * tokens);
    if (this.times.gate <= layer) return thresholds;
    // Rounded, so that few schedules are ever made.
    const costs = { layer: 1, gate: Math.min(Math.ceil(this.times.gate / layer), MOST_LAYERS) };
    const key = `${costs.gate} ${thresholds.join(' ')}`;
    const found = this.schedules.get(key) ?? schedule(thresholds, this.calibration, costs);
    this.schedules.set(key, found);
    return found;
  }

  /**
   * Whether the next layer is to start before an exit has answered: what it gains where the text stays,
   * the shorter of the two times, against the layer that is run for nothing where it leaves. Only for a
   * text alone: of several, those that leave would be in the layer's way.
   *
   * @param thresholds that hold, closed gates included
   */
  looksAhead(thresholds: Thresholds, exit: number, { rows, tokens }: GpuBatch): boolean {
    if (rows.some(({ index }) => index !== rows[0]!.index) || exit >= thresholds.length) return false;
    const layer = layerTime(this.times, rows.length * tokens);
    const leaving = this.leaving(thresholds)[exit]!;
    return (1 - leaving) * Math.min(this.times.gate, layer) > leaving * layer;
  }

  /** Of the dev texts that come to an exit, the share that leaves there. */
  private leaving(thresholds: Thresholds): number[] {
    const key = thresholds.join(' ');
    let shares = this.shares.get(key);
    if (!shares) {
      let here = this.calibration.n;
      shares = atThresholds(this.calibration, thresholds).exits.map((count) => {
        const share = here === 0 ? 1 : count / here;
        here -= count;
        return share;
      });
      this.shares.set(key, shares);
    }
    return shares;
  }
}
