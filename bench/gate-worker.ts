/** Times one layer with its exit against the same layer without, run in turns, on WASM. */

import { expose } from 'comlink';
import type { Batch } from '../workers/batch.js';
import type { Model } from '../workers/model.js';
import { openModel } from '../workers/open-model.js';
import { Package } from '../workers/package.js';
import { Shards } from '../src/files/shards.js';

export interface GateTimes {
  tokens: number;
  /** Milliseconds of the layer alone and of the layer with its exit, one pair a round. */
  plain: number[];
  gated: number[];
}

const api = {
  /** @param url absolute, of the package's folder, ending in a slash */
  async measure(url: string, lengths: number[], rounds: number): Promise<{ engine: string; times: GateTimes[] }> {
    const pkg = await Package.open(new Shards(url, () => {}));
    const model = await openModel(pkg, 'wasm', {});
    const times: GateTimes[] = [];
    for (const tokens of lengths) times.push(await timeLayers(model, tokens, rounds));
    return { engine: model.description, times };
  },
};

/** Every layer in turn, so that the weights come from memory as they do in the loop. */
async function timeLayers(model: Model, tokens: number, rounds: number): Promise<GateTimes> {
  const windows = [{ ids: Array.from({ length: tokens }, (_, i) => 1000 + 37 * i), readable: true }];
  const result: GateTimes = { tokens, plain: [], gated: [] };
  for (let round = -5; round < rounds; round++) {
    for (const gated of round % 2 ? [true, false] : [false, true]) {
      let batch: Batch = await model.embed([{ index: 0, windows, tokens, truncated: false, unknown: 0, time: 0 }]);
      const layers = model.stages.slice(1);
      const start = performance.now();
      for (const layer of layers) {
        const ran = await layer.forward(batch, gated);
        batch = ran.batch;
        if (ran.reading) await model.logits(ran.reading, layer);
      }
      const each = (performance.now() - start) / layers.length;
      if (round >= 0) result[gated ? 'gated' : 'plain'].push(each);
      batch.free();
    }
  }
  return result;
}

export type GateCostApi = typeof api;

expose(api);
