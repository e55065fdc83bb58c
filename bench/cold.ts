/** The first answer in a browser that has nothing yet: what is downloaded for it, and how long it takes. */

import { statSync } from 'node:fs';
import { HarnessPage } from './harness-page.js';
import type { Contestant } from './race-page.js';
import type { Interceptor } from './serve.js';

export interface ColdStart {
  name: string;
  /** Of everything that was asked for from the first call to the first answer; scripts of the page not counted. */
  bytes: number;
  files: number;
  ms: number;
}

/** Counts what a site sends, as it lies on the disk: uncompressed. */
export class Traffic {
  bytes = 0;
  files = 0;

  /** For `serve`: counts, and lets the file be served. */
  readonly count: Interceptor = (_, file) => {
    this.bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    this.files++;
    return false;
  };

  reset(): void {
    this.bytes = 0;
    this.files = 0;
  }
}

/** @param url of the site that `traffic` counts for, ending in a slash */
export async function coldStart(url: string, traffic: Traffic, contestant: Contestant, text: string): Promise<ColdStart> {
  const page = await HarnessPage.open();
  try {
    await page.call(() => page.page.goto(`${url}race.html`));
    traffic.reset();
    const ms = await page.call(() =>
      page.page.evaluate(
        async ([one, first]) => {
          const start = performance.now();
          await fastbertRace.enter(one, 'wasm');
          await fastbertRace.turns([first], [one.name]);
          return performance.now() - start;
        },
        [contestant, text] as const,
      ),
    );
    const { bytes, files } = traffic;
    return { name: contestant.name, bytes, files, ms: Math.round(ms) };
  } finally {
    await page.close();
  }
}
