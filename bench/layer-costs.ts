/** What a layer costs, by the sizes that classifiers have: bytes of its shard and milliseconds of a text. */

import { times, type Times } from '../src/page/measure/timing.js';
import { HarnessPage } from './harness-page.js';
import { randomLayer, type LayerSize } from './random-layer.js';
import type { Table } from './table.js';

const size = (width: number, heads: number): LayerSize => ({
  hidden_size: width, intermediate_size: 4 * width, num_attention_heads: heads, head_dim: width / heads,
});
const SIZES: [name: string, size: LayerSize][] = [
  ['384 (MiniLM, bge-small)', size(384, 12)],
  ['768 (DistilBERT, BERT-base)', size(768, 12)],
];
/** Run one after another, so that each finds its weights as cold as a text does. */
const LAYERS = 6;
/** Rounds by tokens. */
const ROUNDS = { 8: 60, 21: 40, 64: 20, 256: 6 };

interface LayerCost {
  name: string;
  /** Of a layer's shard. */
  bytes: number;
  /** Of a layer, by tokens. */
  ms: [tokens: number, n: number, times: Times][];
}

/** @param url of `serveContestants` */
export async function engineLayerCosts(url: string): Promise<LayerCost[]> {
  const harness = await HarnessPage.open();
  try {
    return await harness.call(async () => {
      await harness.page.goto(`${url}engine.html`);
      return measured(harness);
    });
  } finally {
    await harness.close();
  }
}

async function measured({ page }: HarnessPage): Promise<LayerCost[]> {
  const found: LayerCost[] = [];
  for (const [name, of] of SIZES) {
    const cost: LayerCost = { name, bytes: randomLayer(of).byteLength, ms: [] };
    for (const [tokens, rounds] of Object.entries(ROUNDS)) {
      const took = await page.evaluate((given) => engineRace.sizes(...given), [of, LAYERS, Number(tokens), rounds] as const);
      cost.ms.push([Number(tokens), rounds, times(took)]);
    }
    found.push(cost);
  }
  return found;
}

export function layerCostTable(costs: readonly LayerCost[]): Table {
  return {
    head: ['width', 'MB of 6 layers', 'MB of 12', ...Object.entries(ROUNDS).map(([tokens, n]) => `ms a layer, ${tokens} tokens (n = ${n})`)],
    rows: costs.map(({ name, bytes, ms }) => [
      name,
      ...[6, 12].map((layers) => ((layers * bytes) / 1e6).toFixed(1)),
      ...ms.map(([, , { p50, p25, p75 }]) => `${p50.toFixed(2)} (${p25.toFixed(2)}-${p75.toFixed(2)})`),
    ]),
  };
}
