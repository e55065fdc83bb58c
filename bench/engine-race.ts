/** The engine's times in a page, from Node. */

import path from 'node:path';
import { plain } from '../workers/wasm/built/plain.js';
import { relaxed } from '../workers/wasm/built/relaxed.js';
import { compile, FEATURES } from '../workers/wasm/kernels/compile.mjs';
import { engineRows, type EngineFigures } from './engine-figures.js';
import { HarnessPage } from './harness-page.js';
import { readManifest } from './read-package.js';

const ROOT = path.dirname(import.meta.dirname);
/** Rows of the products: what a batch brings. */
const ROWS = 64;

/**
 * @param url of `serveContestants`, whose pages are not cross-origin isolated
 * @param rounds by tokens
 */
export async function raceEngine(url: string, rounds: Readonly<Record<number, number>>): Promise<EngineFigures> {
  const { hidden_size: h, intermediate_size: f } = readManifest(path.join(ROOT, 'public/models/sst2')).architecture;
  const peaks = { plain: [...(await compile('peak.ts', FEATURES.plain))], relaxed: [...(await compile('peak.ts', FEATURES.relaxed))] };
  const harness = await HarnessPage.open();
  const { page } = harness;
  try {
    return await harness.call(async () => {
      await page.goto(`${url}engine.html`);
      await page.evaluate((at) => engineRace.load(`${at}models/sst2/`, `${at}graphs/sst2/loop_wasm.onnx`), url);
      const figures: EngineFigures = { rows: [], products: [] };
      for (const [tokens, count] of Object.entries(rounds)) {
        const took = await page.evaluate(([t, n]) => engineRace.layers(t, n), [Number(tokens), count] as const);
        figures.rows.push(...engineRows(Number(tokens), took));
      }
      figures.products = await page.evaluate(
        ([rows, shapes, bytes]) =>
          engineRace.products(rows, shapes, { plain: Uint8Array.from(bytes.plain), relaxed: Uint8Array.from(bytes.relaxed) }),
        [ROWS, [[h, 3 * h], [h, h], [h, f], [f, h]] as [number, number][], peaks] as const,
      );
      return figures;
    });
  } finally {
    await harness.close();
  }
}

/** Of the larger of the two builds. */
export function engineBytes(): number {
  return Math.max(...[plain, relaxed].map((base64) => Buffer.from(base64, 'base64').length));
}
