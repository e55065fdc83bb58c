/** The benchmark's timing: contestants take turns on the same texts, so that only their ratios count. */

import { HarnessPage } from './harness-page.js';
import { ofAllLengths } from './labelled-texts.js';
import type { Contestant } from './race-page.js';

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
    for (const text of ofAllLengths(texts, WARM_UPS)) await this.turns([text], this.names);
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
