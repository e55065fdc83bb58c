/**
 * The page's first live verdict in a browser that has nothing yet, by device: `auto` answers on WASM and looks at
 * the GPU afterwards, so it may not take longer.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quantile } from '../src/page/measure/statistics.js';
import { HarnessPage } from './harness-page.js';

const DEVICES = ['auto', 'wasm'] as const;

export interface FirstVerdict {
  device: (typeof DEVICES)[number];
  rounds: number;
  /** From the navigation to the verdict: the median, the shortest and the longest. */
  ms: number;
  range: [number, number];
}

/**
 * @param url of the built page, ending in a slash
 * @param rounds each with two new browsers, who is first changing
 */
export async function firstVerdicts(url: string, rounds: number): Promise<FirstVerdict[]> {
  const took = { auto: [] as number[], wasm: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const device of round % 2 ? DEVICES.toReversed() : DEVICES) took[device].push(await firstVerdict(`${url}?device=${device}`));
  }
  return DEVICES.map((device) => {
    const at = (share: number): number => Math.round(quantile(took[device], share));
    return { device, rounds, ms: at(0.5), range: [at(0), at(1)] };
  });
}

async function firstVerdict(url: string): Promise<number> {
  const profile = mkdtempSync(path.join(tmpdir(), 'fastbert-web-'));
  const harness = await HarnessPage.open(profile);
  const { page } = harness;
  try {
    const start = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    // A recorded run's verdict has no milliseconds.
    await page.getByRole('region', { name: 'Verdict' }).getByText('measured').waitFor({ timeout: 120_000 });
    return performance.now() - start;
  } finally {
    await harness.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
