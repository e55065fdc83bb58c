/** What layers and gates take on this GPU, measured once at load: gates are placed by it. */

import type { Model } from '../model.js';
import { textsOf } from '../time-model.js';
import type { Tokenized } from '../tokenize.js';

/** Milliseconds. */
export interface GpuTimes {
  /** A layer on one text, and on a batch of BATCH, of TOKENS tokens each. */
  layer: { one: number; batch: number };
  /** An exit, until its numbers are here: mostly the wait, whatever the batch. */
  gate: number;
}

export const TOKENS = 32;
export const BATCH = 32;
const ROUNDS = 5;
/** A slow device is known after one round. */
const BUDGET_MS = 300;

/**
 * The least of some rounds, which is what else the machine does left out. A GPU works on after a run
 * has been handed in, so only what ends with a gate can be timed: one layer and a gate, then five
 * layers and a gate.
 *
 * @param model warmed up
 */
export async function measureCosts(model: Model): Promise<GpuTimes> {
  const { layer: one, gate } = await measured(model, 1);
  // A gate that is cheap for one text is cheap for many: slow adapters are spared the wait.
  const { layer: batch } = gate > one ? await measured(model, BATCH) : { layer: one };
  return { layer: { one, batch }, gate };
}

async function measured(model: Model, texts: number): Promise<{ layer: number; gate: number }> {
  const time = (layers: number): Promise<number> => timeLayers(model, textsOf(Array<number>(texts).fill(TOKENS)), layers);
  await time(1); // programs are compiled for a shape when it first comes
  let [short, long] = [Infinity, Infinity];
  const began = performance.now();
  for (let round = 0; round === 0 || (round < ROUNDS && performance.now() - began < BUDGET_MS); round++) {
    short = Math.min(short, await time(1));
    long = Math.min(long, await time(5));
  }
  const layer = Math.max(0, (long - short) / 4);
  return { layer, gate: Math.max(0, short - layer) };
}

/** Milliseconds of the first layer that has an exit, several times over, then that exit until its numbers are here. */
async function timeLayers(model: Model, texts: readonly Tokenized[], layers: number): Promise<number> {
  const stage = model.stages[model.pkg.firstExit]!;
  let batch = await model.embed(texts);
  const start = performance.now();
  for (let i = 1; i < layers; i++) batch = (await stage.forward(batch, false)).batch;
  const ran = await stage.forward(batch, true);
  await model.logits(ran.reading!, stage);
  const took = performance.now() - start;
  ran.batch.free();
  return took;
}
