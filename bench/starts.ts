/**
 * The first answer in a browser that has nothing yet, and then in a new page of the same browser, which
 * has kept what it may: what is downloaded for it, and how long it takes.
 */

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quantile } from '../src/page/measure/statistics.js';
import { HarnessPage } from './harness-page.js';
import type { Contestant } from './race-page.js';
import type { Interceptor } from './serve.js';

/** From the first call to the first answer; scripts of the page are not counted. */
export interface Visit {
  /** Sent by the server. */
  bytes: number;
  /** Answered by the server, those included that say that nothing has changed. */
  requests: number;
  /** The median of the rounds, the shortest and the longest. */
  ms: number;
  range: [number, number];
}

export interface Start {
  name: string;
  rounds: number;
  first: Visit;
  second: Visit;
}

/** Counts what a site sends, as it lies on the disk: uncompressed. */
export class Traffic {
  /** Bytes of each answer, once it is sent: the browser may have it all a moment before. */
  private answers: Promise<number>[] = [];

  /** For `serve`: counts, and lets the file be served. */
  readonly count: Interceptor = (_, file, response) => {
    const sent = new Promise<void>((done) => response.once('close', done));
    this.answers.push(sent.then(() => (response.statusCode === 200 ? statSync(file).size : 0)));
    return false;
  };

  reset(): void {
    this.answers = [];
  }

  /** Of what has been asked for until now. */
  async sent(): Promise<Pick<Visit, 'bytes' | 'requests'>> {
    const bytes = await Promise.all(this.answers);
    return { bytes: bytes.reduce((a, b) => a + b, 0), requests: bytes.length };
  }

  /** When nothing has been asked for for a second: what loads behind the first answer is there then, and kept. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.answers.length; ) {
      before = this.answers.length;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

type Took = Pick<Visit, 'bytes' | 'requests' | 'ms'>;

/**
 * @param url of the site that `traffic` counts for, ending in a slash
 * @param rounds each with a new browser
 */
export async function start(url: string, traffic: Traffic, contestant: Contestant, text: string, rounds: number): Promise<Start> {
  const took: { first: Took; second: Took }[] = [];
  for (let round = 0; round < rounds; round++) {
    // A browser that keeps nothing on the disk would not keep large files at all.
    const profile = mkdtempSync(path.join(tmpdir(), 'fastbert-web-'));
    const page = await HarnessPage.open(profile);
    try {
      const first = await visit(page, url, traffic, contestant, text);
      await traffic.settled();
      const again = await page.another();
      took.push({ first, second: await visit(again, url, traffic, contestant, text) });
    } finally {
      await page.close();
      rmSync(profile, { recursive: true });
    }
  }
  const summed = (visits: Took[]): Visit => {
    const at = (share: number): number => Math.round(quantile(visits.map(({ ms }) => ms), share));
    const { bytes, requests } = visits[0]!;
    return { bytes, requests, ms: at(0.5), range: [at(0), at(1)] };
  };
  return { name: contestant.name, rounds, first: summed(took.map(({ first }) => first)), second: summed(took.map(({ second }) => second)) };
}

async function visit(page: HarnessPage, url: string, traffic: Traffic, contestant: Contestant, text: string): Promise<Took> {
  await page.call(() => page.page.goto(`${url}race.html`));
  traffic.reset();
  const ms = await page.call(() =>
    page.page.evaluate(
      async ([one, first]) => {
        const began = performance.now();
        await fastbertRace.enter(one, 'wasm');
        await fastbertRace.turns([first], [one.name]);
        return performance.now() - began;
      },
      [contestant, text] as const,
    ),
  );
  return { ...(await traffic.sent()), ms };
}
