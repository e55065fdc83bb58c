/** The benchmark's timing: contestants take turns on the same texts, so that only their ratios count. */

import { HarnessPage } from './harness-page.js';
import type { Contestant } from './race-page.js';
import { mean, quantile } from './statistics.js';

/** What one contestant took and said, text by text or batch by batch. */
export interface Lap {
  ms: number[];
  /** Class numbers, one a text. */
  said: number[];
}

const WARM_UPS = 12;

export class Race {
  private constructor(
    readonly page: HarnessPage,
    private readonly names: string[],
  ) {}

  static async open(url: string, device: 'wasm' | 'webgpu', entered: readonly Contestant[]): Promise<Race> {
    const page = await HarnessPage.open();
    try {
      await page.call(() => page.page.goto(`${url}race.html`));
      for (const contestant of entered) {
        await page.call(() =>
          page.page.evaluate(([one, on]) => fastbertRace.enter(one, on), [contestant, device] as const),
        );
      }
    } catch (error) {
      await page.close();
      throw error;
    }
    return new Race(page, entered.map(({ name }) => name));
  }

  /** Threads or adapter, in words. */
  deviceDescription(): Promise<string> {
    return this.page.call(() => this.page.page.evaluate(() => fastbertRace.deviceDescription()));
  }

  /** Runs texts of all lengths until nothing is met for the first time. */
  async warmUp(texts: readonly string[]): Promise<void> {
    const sorted = texts.toSorted((a, b) => a.length - b.length);
    for (let i = 0; i < WARM_UPS; i++) {
      await this.turns([sorted[Math.floor((i * sorted.length) / WARM_UPS)]!], this.names);
    }
  }

  /**
   * Hands the texts in, `at once` at a time, to each of `names` in turn; who is first changes each time.
   *
   * @returns by name
   */
  async run(texts: readonly string[], atOnce = 1, names = this.names): Promise<Map<string, Lap>> {
    const laps = new Map(names.map((name): [string, Lap] => [name, { ms: [], said: [] }]));
    for (let start = 0, round = 0; start < texts.length; start += atOnce, round++) {
      const order = names.map((_, i) => names[(i + round) % names.length]!);
      const results = await this.turns(texts.slice(start, start + atOnce), order);
      order.forEach((name, i) => {
        laps.get(name)!.ms.push(results[i]!.ms);
        laps.get(name)!.said.push(...results[i]!.said);
      });
    }
    return laps;
  }

  private turns(texts: string[], order: string[]): Promise<{ ms: number; said: number[] }[]> {
    return this.page.call(() =>
      this.page.page.evaluate(([some, names]) => fastbertRace.turns(some, names), [texts, order] as const),
    );
  }
}

/** Milliseconds of a text, in figures. */
export interface Times {
  mean: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

export function times(ms: readonly number[]): Times {
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
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
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    ratio: rounded(mean(slow) / mean(fast)),
    interval: [rounded(quantile(resampled, 0.025)), rounded(quantile(resampled, 0.975))],
  };
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
