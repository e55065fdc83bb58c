/**
 * `npm run -s bench:engine`: the encoder on WASM against the same layers in one session of ONNX Runtime, its
 * products against the instructions that they are made of, and what a layer costs by its size; one thread
 * each, in the real browser.
 */

import { command } from './command.js';
import { serveContestants } from './contestants.js';
import { raceEngine } from './engine-race.js';
import { engineTable, productTable } from './engine-report.js';
import { engineLayerCosts, layerCostTable } from './layer-costs.js';
import { aligned } from './table.js';

/** By tokens. */
const ROUNDS = { 8: 200, 16: 150, 21: 150, 32: 100, 64: 60, 128: 40, 256: 20, 512: 12 };

await command(async () => {
  const site = await serveContestants({});
  try {
    const { rows, products } = await raceEngine(site.url, ROUNDS);
    const costs = await engineLayerCosts(site.url);
    console.log([engineTable(rows), productTable(products), layerCostTable(costs)].map(aligned).join('\n\n'));
  } finally {
    await site.close();
  }
});
