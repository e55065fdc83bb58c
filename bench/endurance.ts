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
    // Once, and not with each call: what a page is given through the debugger, its inspector keeps.
    await page.page.evaluate((given) => void (fastbert.texts = given), [...texts]);
    const memory: Endurance['memory'] = [];
    let done = BULK;
    for (const stop of STOPS) {
      // The bulk above has warmed up; the first stop is counted from there.
      await page.call(() => page.page.evaluate(classifyOneByOne, { from: done, to: stop + BULK }));
      done = stop + BULK;
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

async function classifyOneByOne({ from, to }: { from: number; to: number }): Promise<void> {
  const texts = fastbert.texts!;
  for (let i = from; i < to; i++) await fastbert.classify!.trace([texts[i % texts.length]!], { speed: 0.5 });
}

export async function usedMemory(): Promise<number> {
  const { measureUserAgentSpecificMemory } = performance as unknown as {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  };
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
}
