/** What every browser test starts from: a server of its own, and the harness with the real library. */

import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { ModelInfo, PipelineOptions, TextOrPair, TraceOptions, Verdict } from '../src/index.js';
import { serve } from '../bench/serve.js';
import { answerWith, type Fault } from './faults.js';

const ROOT = path.dirname(import.meta.dirname);

/** The tiny model, for most tests. */
export const FIXTURE = '/test-models/fixture/';
/** The model that the page ships. */
export const REAL = '/models/sst2/';

export interface TestSite {
  /** The built page; ends in a slash. */
  url: string;
  /** Paths asked for, in order. */
  requests: string[];
  /** Set it to spoil answers. */
  fault: (pathname: string) => Fault | undefined;
}

/** The real library in a page. What it loads, a test finds again as `fastbert.classify`. */
export class Harness {
  constructor(readonly page: Page) {}

  load(
    model: string,
    options: Pick<PipelineOptions, 'device' | 'prefetch' | 'speed' | 'speedup' | 'agreement' | 'workers'> = {},
  ): Promise<Omit<ModelInfo, 'calibration'>> {
    return this.page.evaluate(
      async (wanted) => {
        fastbert.classify = await fastbert.pipeline('text-classification', wanted.model, wanted.options);
        const { calibration: _, ...info } = fastbert.classify.info;
        return info;
      },
      { model, options },
    );
  }

  trace(texts: TextOrPair[], options: Pick<TraceOptions, 'speed' | 'mode'> = {}): Promise<Verdict[]> {
    return this.page.evaluate(
      (wanted) => fastbert.classify!.trace(wanted.texts, wanted.options),
      { texts, options },
    );
  }
}

export const test = base.extend<{ site: TestSite; harness: Harness }>({
  // A server a test, so that no test meets another's faults or caches.
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
  site: async ({}, use) => {
    const state: Omit<TestSite, 'url'> = { requests: [], fault: () => undefined };
    const mounts = [
      { at: '/harness/', folder: path.join(ROOT, 'dist-bench') },
      { at: '/test-models/', folder: path.join(ROOT, 'e2e/models') },
      { at: '/', folder: path.join(ROOT, 'dist') },
    ];
    const { url, close } = await serve(mounts, (pathname, file, response) => {
      state.requests.push(pathname);
      const fault = state.fault(pathname);
      if (fault) answerWith(fault, file, response);
      return fault !== undefined;
    });
    await use(Object.assign(state, { url }));
    await close();
  },
  baseURL: ({ site }, use) => use(site.url),
  harness: async ({ page }, use) => {
    await page.goto('harness/harness.html');
    await use(new Harness(page));
  },
});

export { expect } from '@playwright/test';
