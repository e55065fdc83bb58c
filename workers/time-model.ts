/** What batches take on a device, timed on this machine in its idle moments. */

import { fitCost, type DeviceCost, type Timing } from '../src/core/device-cost.js';
import { fits } from './batch.js';
import type { Model } from './model.js';
import type { Tokenized } from './tokenize.js';

const LENGTHS = [8, 32, 128];
const BATCHES = [1, 4, 16];
/** In the first round a shape's programs are compiled; of the others the least counts, which is what else the machine does left out. */
const ROUNDS = 4;
/** Milliseconds of a round. */
const TURN = 10;
/** Milliseconds that a call which comes meanwhile may have to wait. What would take longer is not timed. */
const MOST = 200;

/** Texts of so many tokens each, in one window. */
export function textsOf(lengths: readonly number[]): Tokenized[] {
  return lengths.map((tokens, index) => {
    const windows = [{ ids: Array<number>(tokens).fill(1), readable: true }];
    return { index, windows, tokens, truncated: false, unknown: 0, time: 0 };
  });
}

/**
 * Three lengths and three numbers of texts, small ones first, as far as they fit a batch and a slow device lets them.
 *
 * @param model whose first layer with an exit is ready
 * @param pause resolves when nothing else is to be done
 */
export async function timeModel(model: Model, pause: () => Promise<void>): Promise<DeviceCost> {
  const { limits, pkg } = model;
  const lengths = LENGTHS.map((length) => Math.min(length, pkg.manifest.max_tokens));
  const batches = lengths.flatMap((length) => BATCHES.map((count) => Array<number>(count).fill(length))).filter((batch) => fits(batch, limits));
  const timings: Timing[] = [];
  for (const batch of batches.toSorted((a, b) => limits.size(a) - limits.size(b))) {
    const tokens = limits.size(batch);
    const { batch: fixed, token } = timings.length > 1 ? fitCost(timings) : { batch: timings[0]?.ms ?? 0, token: 0 };
    if (fixed + tokens * token > MOST) break;
    let ms = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      await pause();
      const took = await timeLayer(model, textsOf(batch));
      if (round === 0) continue;
      ms = Math.min(ms, took);
      if (took > MOST) break;
    }
    timings.push({ tokens, ms });
  }
  return fitCost(timings);
}

/**
 * Milliseconds of the first layer that has an exit, with that exit until its numbers are here: of so many, one
 * after another, as a turn takes. A browser's clock may tell no less than a tenth of a millisecond, or a whole one.
 */
async function timeLayer(model: Model, texts: readonly Tokenized[]): Promise<number> {
  const stage = model.stages[model.pkg.firstExit]!;
  let batch = await model.embed(texts);
  const start = performance.now();
  let [runs, took] = [0, 0];
  while (took < TURN) {
    const ran = await stage.forward(batch, true);
    batch = ran.batch;
    await model.logits(ran.reading!, stage);
    runs++;
    took = performance.now() - start;
  }
  batch.free();
  return took / runs;
}
