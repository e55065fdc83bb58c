/** Weights of opinions against a plain search, and against fits without each text. */

import { describe, expect, it } from 'vitest';
import { mix, pooled } from './mix.js';
import { logSoftmax, type Known } from './opinions.js';

const CLASSES = 3;

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Opinions of n texts: the first knows little, the second more, the third is against what is right. */
function opinionsOf(n: number): { opinions: Float64Array[]; known: Known } {
  const next = numbers(n);
  const labels = Int32Array.from({ length: n }, (_, i) => i % CLASSES);
  const opinions = [0.5, 1.5, -0.7].map((knows) => {
    const said = Float64Array.from({ length: n * CLASSES }, (_, at) => 2 * next() + (at % CLASSES === labels[Math.floor(at / CLASSES)]! ? knows : 0));
    for (let i = 0; i < n; i++) logSoftmax(said.subarray(i * CLASSES, (i + 1) * CLASSES));
    return said;
  });
  return { opinions, known: { labels, rows: Int32Array.from(labels.keys()) } };
}

function rowOf(opinions: readonly Float64Array[], row: number): Float64Array[] {
  return opinions.map((opinion) => opinion.subarray(row * CLASSES, (row + 1) * CLASSES));
}

/** The log loss of some weights, a text, with what draws them to equal ones. */
function lossOf(opinions: Float64Array[], { labels, rows }: Known, weights: ArrayLike<number>, texts = rows.length): number {
  let sum = 0;
  for (const row of rows) sum -= logSoftmax(pooled(rowOf(opinions, row), weights))[labels[row]!]!;
  return sum / texts + (10 / texts) * Array.from(weights).reduce((away, weight) => away + (weight - 1 / opinions.length) ** 2, 0);
}

describe('weights', () => {
  const { opinions, known } = opinionsOf(90);
  const { weights } = mix(opinions, CLASSES, known);

  it('are of least loss: none beside them is better', () => {
    const least = lossOf(opinions, known, weights);
    for (let i = 0; i < weights.length; i++) {
      for (const step of [0.01, -0.01]) {
        const beside = weights.slice();
        beside[i] = Math.max(0, beside[i]! + step);
        expect(lossOf(opinions, known, beside)).toBeGreaterThanOrEqual(least);
      }
    }
  });

  it('listen to who knows more, and never against anybody', () => {
    expect(weights[1]).toBeGreaterThan(weights[0]!);
    expect(weights[2]).toBe(0);
  });
});

it('with few texts they stay near equal ones', () => {
  const { opinions, known } = opinionsOf(6);
  for (const weight of mix(opinions, CLASSES, known).weights) expect(Math.abs(weight - 1 / 3)).toBeLessThan(0.25);
});

it('a single opinion is made as sure as it is right', () => {
  const { opinions, known } = opinionsOf(900);
  const { weights } = mix([opinions[1]!], CLASSES, known);
  const doubled = mix([opinions[1]!.map((value) => 2 * value)], CLASSES, known).weights;
  expect(2 * doubled[0]!).toBeCloseTo(weights[0]!, 1); // but for the pull
});

it('of each text left out it says nearly what weights fitted without it say', () => {
  const { opinions, known } = opinionsOf(60);
  const { weights, heldOut } = mix(opinions, CLASSES, known);
  for (const row of [0, 7, 31, 59]) {
    const rows = known.rows.filter((other) => other !== row);
    // A plain search: from the weights of all texts down, in ever smaller steps.
    const without = weights.slice();
    for (let step = 0.1; step > 1e-6; step /= 2) {
      for (let moved = true; moved; ) {
        moved = false;
        for (let i = 0; i < without.length; i++) {
          for (const by of [step, -step]) {
            const beside = without.slice();
            beside[i] = Math.max(0, beside[i]! + by);
            if (lossOf(opinions, { ...known, rows }, beside, 60) < lossOf(opinions, { ...known, rows }, without, 60) - 1e-12) {
              without.set(beside);
              moved = true;
            }
          }
        }
      }
    }
    const said = logSoftmax(pooled(rowOf(opinions, row), without));
    const asIfNothing = logSoftmax(pooled(rowOf(opinions, row), weights));
    const off = (one: Float64Array): number => Math.max(...said.map((value, c) => Math.abs(value - one[c]!)));
    const mine = off(heldOut.subarray(row * CLASSES, (row + 1) * CLASSES));
    expect(mine).toBeLessThan(0.02);
    expect(mine).toBeLessThan(0.5 * off(asIfNothing) + 1e-3);
  }
});
