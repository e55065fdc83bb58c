/**
 * `npm run -s bench:engine`: the encoder on WASM against the same layers in one session of ONNX Runtime, and
 * its products against the instructions that they are made of; one thread each, in the real browser.
 */

import { command } from './command.js';
import { serveContestants } from './contestants.js';
import { enginePart } from './engine-report.js';
import { raceEngine } from './engine-race.js';

/** By tokens. */
const ROUNDS = { 8: 200, 16: 150, 21: 150, 32: 100, 64: 60, 128: 40, 256: 20, 512: 12 };

await command(async () => {
  const site = await serveContestants({});
  try {
    console.log(enginePart(await raceEngine(site.url, ROUNDS)));
  } finally {
    await site.close();
  }
});
