/** A headless Chromium on the harness, with a model loaded, and what can go wrong with it. */

import { chromium, type Page } from '@playwright/test';
import type { Target } from '../src/core/index.js';
import type { TextOrPair } from '../src/index.js';
import { findChromium, LAUNCH_ARGS } from './chromium.mjs';
import type { Outcome } from './measure.js';

/** What is known of the loaded model; its calibration would be a megabyte to carry over. */
export interface Loaded {
  name: string;
  device: string;
  deviceDescription: string;
  layers: number;
}

/** A failure in the browser, told without a stack: what the user needs is the message. */
export class BrowserError extends Error {
  override name = 'BrowserError';
}

export class HarnessPage {
  private constructor(
    readonly page: Page,
    /** Name and version. */
    readonly browser: string,
  ) {}

  /** @param profile a folder where the browser keeps its caches; without one it keeps none on the disk */
  static async open(profile?: string): Promise<HarnessPage> {
    const executablePath = await findChromium();
    if (executablePath === undefined) {
      throw new BrowserError('No Chrome or Chromium found; run npm run setup -- --browser first.');
    }
    const how = { executablePath, args: LAUNCH_ARGS };
    const starting = profile === undefined ? chromium.launch(how).then((browser) => browser.newContext()) : chromium.launchPersistentContext(profile, how);
    const context = await starting.catch((error: Error) => {
      throw new BrowserError(`${executablePath} did not start: ${error.message.split('\n')[0]}`);
    });
    return new HarnessPage(await context.newPage(), `Chromium ${context.browser()!.version()}`);
  }

  /** Another page of the same browser, with the same caches; this one is closed. */
  async another(): Promise<HarnessPage> {
    const page = await this.page.context().newPage();
    await this.page.close();
    return new HarnessPage(page, this.browser);
  }

  /**
   * In one worker: what it takes shall not depend on how many cores there are.
   *
   * @param url of the harness
   */
  load(url: string, model: string, device: 'wasm' | 'webgpu' | 'auto'): Promise<Loaded> {
    return this.call(async () => {
      await this.page.goto(url);
      return this.page.evaluate(
        async (wanted) => {
          fastbert.classify = await fastbert.pipeline('text-classification', wanted.model, wanted);
          const { calibration: _, ...info } = fastbert.classify.info;
          return info;
        },
        { model, device, workers: 1 },
      );
    });
  }

  /** Several models on WASM, for `turns`. */
  loadAll(url: string, models: string[]): Promise<void> {
    return this.call(async () => {
      await this.page.goto(url);
      await this.page.evaluate(async (wanted) => {
        fastbert.models = [];
        for (const model of wanted) {
          fastbert.models.push(await fastbert.pipeline('text-classification', model, { device: 'wasm' }));
        }
      }, models);
    });
  }

  /** One text through the loaded models, in that order; milliseconds of each. */
  turns(text: string, order: { model: number; speed: number }[]): Promise<number[]> {
    const places = order.map(({ model, speed }) => ({ model, speed }));
    return this.call(() =>
      this.page.evaluate((wanted) => fastbert.turns(fastbert.models!, wanted.text, wanted.places), { text, places }),
    );
  }

  /** One call a text, each timed. */
  oneByOne(texts: TextOrPair[], target: Target): Promise<Outcome[]> {
    return this.call(() =>
      this.page.evaluate(
        (wanted) => fastbert.oneByOne(fastbert.classify!, wanted.texts, wanted.target),
        { texts, target },
      ),
    );
  }

  /** One call for all texts; its milliseconds. */
  together(texts: TextOrPair[], target: Target): Promise<number> {
    return this.call(() =>
      this.page.evaluate(
        (wanted) => fastbert.together(fastbert.classify!, wanted.texts, wanted.target),
        { texts, target },
      ),
    );
  }

  async close(): Promise<void> {
    await this.page.context().browser()?.close();
  }

  /** What goes wrong in the page becomes a BrowserError. */
  async call<T>(inPage: () => Promise<T>): Promise<T> {
    try {
      return await inPage();
    } catch (error) {
      const { message } = error as Error;
      if (/crashed|closed/.test(message)) {
        throw new BrowserError('The page crashed, or its browser was closed; a crash often means too little memory.');
      }
      throw new BrowserError(message.replace(/^page\.evaluate: /, '').replace(/\n\s+at [^]*$/, ''));
    }
  }
}
