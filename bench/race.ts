/** The benchmark's timing: contestants take turns on the same texts, so that only their ratios count. */

import type { Device } from '../src/index.js';
import { HarnessPage } from './harness-page.js';
import { ofAllLengths } from './labelled-texts.js';
import { ProgressBar } from './progress-bar.js';
import type { Contestant } from './race-page.js';

/** What one contestant took and said, text by text or batch by batch. */
export interface Lap {
  ms: number[];
  /** Class numbers, one a text. */
  said: number[];
}

export class Race {
  private constructor(
    readonly page: HarnessPage,
    private readonly names: string[],
  ) {}

  /**
   * @param url of the site; whether its pages are cross-origin isolated says how many cores all have
   * @param workers of this library, if not as many as that
   */
  static async open(url: string, device: Device, entered: readonly Contestant[], workers?: number): Promise<Race> {
    const page = await HarnessPage.open();
    try {
      await page.call(() => page.page.goto(`${url}race.html${workers ? `?workers=${workers}` : ''}`));
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

  /** The first contestant whose name begins so. */
  named(start: string): string {
    return this.names.find((name) => name.startsWith(start))!;
  }

  /** The adapter, or how many cores everything has, in words. */
  deviceDescription(): Promise<string> {
    return this.page.call(() => this.page.page.evaluate(() => fastbertRace.deviceDescription()));
  }

  /** Runs so many texts, of all lengths, so that nothing is met for the first time later. */
  async warmUp(texts: readonly string[], count: number): Promise<void> {
    for (const text of ofAllLengths(texts, count)) await this.turns([text], this.names);
  }

  /**
   * Hands the texts in, `at once` at a time, to each of `names` in turn; who is first changes each time.
   *
   * @returns by name
   */
  async run(texts: readonly string[], atOnce = 1, names = this.names): Promise<Map<string, Lap>> {
    const laps = new Map(names.map((name): [string, Lap] => [name, { ms: [], said: [] }]));
    const bar = new ProgressBar(texts.length);
    for (let start = 0, round = 0; start < texts.length; start += atOnce, round++) {
      const order = names.map((_, i) => names[(i + round) % names.length]!);
      const results = await this.turns(texts.slice(start, start + atOnce), order);
      order.forEach((name, i) => {
        laps.get(name)!.ms.push(results[i]!.ms);
        laps.get(name)!.said.push(...results[i]!.said);
      });
      bar.advance(Math.min(atOnce, texts.length - start), 'texts');
    }
    bar.end();
    return laps;
  }

  private turns(texts: string[], order: string[]): Promise<{ ms: number; said: number[] }[]> {
    return this.page.call(() =>
      this.page.page.evaluate(([some, names]) => fastbertRace.turns(some, names), [texts, order] as const),
    );
  }
}
