/**
 * A promise of agreement (`src/core/risk-control.ts`) held against a test set, a hundred times: what is proven on some
 * of its texts, against what happens on the others, and on all of them.
 */

import { exitOf, forAgreement, type Calibration, type Thresholds } from '../src/core/index.js';
import { seeded } from '../src/page/measure/timing.js';

const TIMES = 100;
const CONFIDENCE = 0.95;
/** What is seen more often than this is no chance. */
const RARE = 0.001;

/** How often of a hundred times a promise was broken, and how often it may be: more is seen once in a thousand times. */
export interface Broken {
  /** On half of the texts it was proven, on the other half it was counted. */
  halves: number;
  halvesMay: number;
  /** It was proven on half as many texts, each drawn out of all of them, and counted on all. */
  draws: number;
  drawsMay: number;
}

/** The share of texts that leave with the answer of the last exit. */
export function agreementOf(test: Calibration, thresholds: Thresholds): number {
  return 1 - differing(test, thresholds) / test.n;
}

/** One for each agreement that is promised. */
export function broken(test: Calibration, agreements: readonly number[]): Broken[] {
  const all = Array.from({ length: test.n }, (_, text) => text);
  const half = Math.floor(test.n / 2);
  const found = agreements.map((agreement) => ({
    halves: 0,
    halvesMay: mayBe(chanceOfHalves(half, test.n, agreement)),
    draws: 0,
    drawsMay: mayBe(1 - CONFIDENCE),
  }));
  for (let seed = 1; seed <= TIMES; seed++) {
    const random = seeded(seed);
    const order = all.map((text) => ({ text, at: random() })).toSorted((a, b) => a.at - b.at).map(({ text }) => text);
    const [one, other] = [some(test, order.slice(0, half)), some(test, order.slice(half))];
    const drawn = some(test, order.slice(0, half).map(() => Math.floor(random() * test.n)));
    agreements.forEach((agreement, i) => {
      if (breaks(one, other, agreement)) found[i]!.halves++;
      if (breaks(drawn, test, agreement)) found[i]!.draws++;
    });
  }
  return found;
}

/** Whether what is proven on some texts does not hold on others. */
function breaks(proven: Calibration, others: Calibration, agreement: number): boolean {
  return differing(others, forAgreement(proven, agreement)!.thresholds) > most(others.n, agreement);
}

/**
 * Two halves differ by chance also where a promise holds, so on the other half it may be broken more often than five
 * times. Exactly how often: thresholds end where the (k + 1)th text of the first half would differ, and m texts of the
 * other come before it where of the first m + k of both no more than k are of the first half.
 */
function chanceOfHalves(half: number, n: number, agreement: number): number {
  let k = -1;
  while (sum(k + 1, (i) => binomial(i, half, 1 - agreement)) <= 1 - CONFIDENCE) k++;
  const m = most(n - half, agreement) + 1;
  return sum(k, (i) => hypergeometric(i, n, half, m + k));
}

/** The most of so many texts that may differ while the promise is kept; whole numbers are not lost to rounding. */
function most(n: number, agreement: number): number {
  return Math.floor(n * (1 - agreement) + 1e-9);
}

function mayBe(chance: number): number {
  let times = 0;
  while (1 - sum(times, (i) => binomial(i, TIMES, chance)) > RARE) times++;
  return times;
}

function differing(calibration: Calibration, thresholds: Thresholds): number {
  const { n, predictions } = calibration;
  const last = predictions.at(-1)!;
  let count = 0;
  for (let text = 0; text < n; text++) {
    if (predictions[exitOf(calibration, text, thresholds)]![text] !== last[text]) count++;
  }
  return count;
}

function some(test: Calibration, texts: readonly number[]): Calibration {
  const of = (row: number[]): number[] => texts.map((text) => row[text]!);
  return {
    split: test.split,
    n: texts.length,
    labels: of(test.labels),
    predictions: test.predictions.map((row) => row && of(row)),
    uncertainties: test.uncertainties.map((row) => row && of(row)),
  };
}

function sum(last: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i <= last; i++) total += term(i);
  return total;
}

/** Of n draws with a chance of `share` each, k. */
function binomial(k: number, n: number, share: number): number {
  if (share === 0) return Number(k === 0);
  return Math.exp(ways(n, k) + k * Math.log(share) + (n - k) * Math.log1p(-share));
}

/** Of so many draws, none put back, out of n of which some are marked, k marked. */
function hypergeometric(k: number, n: number, marked: number, draws: number): number {
  return Math.exp(ways(marked, k) + ways(n - marked, draws - k) - ways(n, draws));
}

/** Logarithm of n over k. */
function ways(n: number, k: number): number {
  let logarithm = 0;
  for (let i = 1; i <= k; i++) logarithm += Math.log((n - k + i) / i);
  return logarithm;
}
