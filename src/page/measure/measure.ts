/** The benchmark's loop, on the visitor's own device: the same texts at several speeds, in turns. */

import type { Device, TextClassificationPipeline, TextOrPair } from '../../index.js';
import { ratio, times, type Times } from './timing.js';

export interface Measurement {
  model: string;
  /** Where the texts ran; 'auto' if on both. */
  device: Device | 'auto';
  deviceDescription: string;
  /** How many texts ran, and how often each at each speed. */
  texts: number;
  rounds: number;
  /** Milliseconds of a call with one text. */
  speeds: SpeedTimes[];
}

export interface SpeedTimes extends Times {
  speed: number;
  /** Layers a text, on the mean. */
  layers: number;
  /** How many times faster than speed 0, with the interval of 95 % of resamples. */
  ratio: number;
  interval: [low: number, high: number];
}

const SPEEDS = [0, 0.1, 0.3, 0.5, 0.8];
const MOST_ROUNDS = 20;
/** After so long no other round begins. */
const BUDGET_MS = 60_000;

/**
 * @param progress told the share that is done
 * @throws AbortError, and what the pipeline throws
 */
export async function measure(
  classify: Pick<TextClassificationPipeline, 'trace' | 'info'>,
  texts: readonly TextOrPair[],
  { signal, progress }: { signal: AbortSignal; progress(share: number): void },
): Promise<Measurement> {
  const laps = SPEEDS.map((speed) => ({ speed, ms: [] as number[], depth: 0 }));
  const devices = new Set<Device>();
  const start = performance.now();
  let rounds = 0;
  // Round -1 warms up.
  for (let round = -1; round < MOST_ROUNDS && (round < 1 || performance.now() - start < BUDGET_MS); round++) {
    for (const [i, text] of texts.entries()) {
      for (let turn = 0; turn < laps.length; turn++) {
        const lap = laps[(turn + i + round + 1) % laps.length]!;
        const began = performance.now();
        const [verdict] = await classify.trace([text], { speed: lap.speed, signal });
        if (round < 0) continue;
        lap.ms.push(performance.now() - began);
        lap.depth += verdict!.depth;
        devices.add(verdict!.device);
      }
      const spent = (performance.now() - start) / BUDGET_MS;
      progress(Math.min(1, Math.max(spent, (round + 1 + i / texts.length) / (MOST_ROUNDS + 1))));
    }
    rounds = round + 1;
  }
  const { name, device: usual, deviceDescription, gpu } = classify.info;
  const device = devices.size > 1 ? 'auto' : [...devices][0]!;
  return {
    model: name,
    device,
    deviceDescription: (device !== usual && gpu?.description) || deviceDescription,
    texts: texts.length,
    rounds,
    speeds: laps.map(({ speed, ms, depth }) => ({
      speed,
      layers: depth / ms.length,
      ...times(ms),
      ...ratio(laps[0]!.ms, ms),
    })),
  };
}
