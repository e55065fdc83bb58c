/** Times of the same texts, taken in turns: what they come to, and how they compare. */

import { mean, quantile } from './statistics.js';

/** Milliseconds of a text, in figures. */
export interface Times {
  mean: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

export function times(ms: readonly number[]): Times {
  const at = (share: number): number => rounded(quantile(ms, share));
  return { mean: rounded(mean(ms)), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}

/**
 * How many times as long `slow` took as `fast` on the same texts, with the interval that 95 % of
 * resamples of the texts give (a seeded bootstrap).
 */
export function ratio(slow: readonly number[], fast: readonly number[]): { ratio: number; interval: [number, number] } {
  const random = seeded(1);
  const resampled = Array.from({ length: 500 }, () => {
    let [above, below] = [0, 0];
    for (let i = 0; i < slow.length; i++) {
      const one = Math.floor(random() * slow.length);
      above += slow[one]!;
      below += fast[one]!;
    }
    return above / below;
  });
  return {
    ratio: rounded(mean(slow) / mean(fast)),
    interval: [rounded(quantile(resampled, 0.025)), rounded(quantile(resampled, 0.975))],
  };
}

/** To three decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Numbers in [0, 1) that are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
