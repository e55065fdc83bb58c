/** Ten thousand texts through one pipeline: whether its memory grows, and whether the page stays free. */

import { HarnessPage } from './harness-page.js';

export interface Endurance {
  texts: number;
  /** Bytes of page and worker together, garbage collected, after so many texts (`measureUserAgentSpecificMemory`). */
  memory: { after: number; bytes: number }[];
  /** Main thread: tasks over 50 ms while 1,000 texts ran at once, and the longest. */
  longTasks: { count: number; longestMs: number };
}

const STOPS = [100, 1000, 5000, 10_000];
const BULK = 1000;

/** @param texts of a data set, again and again */
export async function endurance(url: string, model: string, texts: readonly string[]): Promise<Endurance> {
  const page = await HarnessPage.open();
  try {
    await page.load(`${url}harness.html`, model, 'wasm');
    const bulk = Array.from({ length: BULK }, (_, i) => texts[i % texts.length]!);
    const longTasks = await page.call(() => page.page.evaluate(longTasksDuring, bulk));
    const memory: Endurance['memory'] = [];
    let done = BULK;
    for (const stop of STOPS) {
      // The bulk above has warmed up; the first stop is counted from there.
      for (const end = stop + BULK; done < end; done += 100) {
        const some = Array.from({ length: 100 }, (_, i) => texts[(done + i) % texts.length]!);
        await page.oneByOne(some, { speed: 0.5 });
      }
      memory.push({ after: stop, bytes: await page.call(() => page.page.evaluate(usedMemory)) });
    }
    return { texts: STOPS.at(-1)!, memory, longTasks };
  } finally {
    await page.close();
  }
}

async function longTasksDuring(texts: string[]): Promise<Endurance['longTasks']> {
  const lasted: number[] = [];
  const observer = new PerformanceObserver((list) => lasted.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: 'longtask' });
  await fastbert.classify!(texts, { speedup: 3 });
  await new Promise((done) => setTimeout(done, 100));
  lasted.push(...observer.takeRecords().map((entry) => entry.duration));
  observer.disconnect();
  return { count: lasted.length, longestMs: Math.round(Math.max(0, ...lasted)) };
}

export async function usedMemory(): Promise<number> {
  const { measureUserAgentSpecificMemory } = performance as unknown as {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  };
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
}
