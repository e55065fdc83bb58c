/** The discriminant against plain refits: each text left out, the matrix inverted anew. */

import { describe, expect, it } from 'vitest';
import { discriminant, SHRINKAGES, type Examples } from './discriminant.js';
import { logSoftmax } from './opinions.js';

/** Numbers that look random, the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function examples(n: number, p: number, classes: number, spread = 0.7): Examples {
  const next = numbers(n + p);
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
  const means = Array.from({ length: classes }, () => Array.from({ length: p }, () => spread * next()));
  const states = Float64Array.from({ length: n * p }, (_, at) => means[labels[Math.floor(at / p)]!]![at % p]! + next() + next() + 3);
  return { states, labels, classes, rows: Int32Array.from(labels.keys()) };
}

/** Solves A x = b by Gauss with pivots; A as rows, which are used up. */
function solve(a: number[][], b: number[]): number[] {
  const n = b.length;
  const rows = a.map((row, i) => [...row, b[i]!]);
  for (let i = 0; i < n; i++) {
    const pivot = rows.slice(i).reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = i + 1; k < n; k++) {
      const share = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= n; j++) rows[k]![j]! -= share * rows[i]![j]!;
    }
  }
  const x = Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) x[i] = (rows[i]![n]! - rows[i]!.slice(i + 1, n).reduce((sum, value, k) => sum + value * x[i + 1 + k]!, 0)) / rows[i]![i]!;
  return x;
}

/** Logits of a state by texts, with the scale of the scatter and the multiple of the identity given. */
function logitsBy({ states, labels, classes }: Examples, use: number[], of: number[], scale: number, ridge: number): number[] {
  const p = states.length / labels.length;
  const row = (i: number): number[] => [...states.subarray(i * p, (i + 1) * p)];
  const means = Array.from({ length: classes }, (_, c) => {
    const mine = use.filter((i) => labels[i] === c);
    return Array.from({ length: p }, (__, j) => mine.reduce((sum, i) => sum + row(i)[j]!, 0) / mine.length);
  });
  const a = Array.from({ length: p }, (_, i) => Array.from({ length: p }, (__, j) => (i === j ? ridge : 0)));
  for (const i of use) {
    const r = row(i).map((value, j) => value - means[labels[i]!]![j]!);
    for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) a[j]![k]! += scale * r[j]! * r[k]!;
  }
  return means.map((mean) => {
    const solved = solve(a.map((line) => [...line]), mean);
    return of.reduce((sum, value, j) => sum + value * solved[j]!, 0) - 0.5 * mean.reduce((sum, value, j) => sum + value * solved[j]!, 0);
  });
}

/** The scale of the scatter and the multiple of the identity of all texts. */
function shares({ states, labels, classes }: Examples, shrinkage: number): { scale: number; ridge: number } {
  const n = labels.length;
  const p = states.length / n;
  let trace = 0;
  for (let c = 0; c < classes; c++) {
    const mine = [...labels.keys()].filter((i) => labels[i] === c);
    for (let j = 0; j < p; j++) {
      const mean = mine.reduce((sum, i) => sum + states[i * p + j]!, 0) / mine.length;
      trace += mine.reduce((sum, i) => sum + (states[i * p + j]! - mean) ** 2, 0);
    }
  }
  return { scale: (1 - shrinkage) / (n - classes), ridge: (shrinkage * trace) / (n - classes) / p };
}

/** How far apart two rows of log-probabilities are, and by which factor the second's logits are nearest to the first. */
function apart(said: Float64Array, logits: number[], factor: number): number {
  const wanted = logSoftmax(Float64Array.from(logits, (logit) => logit * factor));
  return Math.max(...said.map((value, i) => Math.abs(value - wanted[i]!)));
}

describe.each([
  ['more texts than dimensions', 60, 12, 3],
  ['fewer', 18, 30, 3],
  ['as many', 16, 16, 2],
])('%s', (_, n, p, classes) => {
  const all = examples(n, p, classes);
  const found = discriminant(all);
  const { scale, ridge } = shares(all, SHRINKAGES[found.shrinkage]!);
  const everybody = [...all.labels.keys()];
  const state = (i: number): number[] => [...all.states.subarray(i * p, (i + 1) * p)];
  /** The factor that its logits were sharpened by, from two of them. */
  const [one, other] = logitsBy(all, everybody, state(0), scale, ridge) as [number, number];
  const mine = [0, 1].map((c) => found.bias[c]! + state(0).reduce((sum, value, j) => sum + value * found.weights[c * p + j]!, 0));
  const factor = (mine[0]! - mine[1]!) / (one - other);

  it('says of a text what a refit on all texts says', () => {
    for (const i of [0, 1, n - 1]) {
      const logits = Float64Array.from({ length: classes }, (__, c) => found.bias[c]! + state(i).reduce((sum, value, j) => sum + value * found.weights[c * p + j]!, 0));
      expect(apart(logSoftmax(logits), logitsBy(all, everybody, state(i), scale, ridge), factor)).toBeLessThan(1e-5);
    }
  });

  it('says of every text left out what a refit without it says', () => {
    for (const i of everybody) {
      const logits = logitsBy(all, everybody.filter((j) => j !== i), state(i), scale, ridge);
      expect(apart(found.heldOut.subarray(i * classes, (i + 1) * classes), logits, factor)).toBeLessThan(1e-5);
    }
  });

  it('takes the shrinkage of least loss, wherever it begins', () => {
    const chosen = SHRINKAGES.map((__, near) => discriminant(all, near).shrinkage);
    expect(new Set(chosen).size).toBe(1);
  });
});

it('a label with one text is learnt, and nothing is decided by it', () => {
  const all = examples(21, 8, 3);
  const labels = all.labels.map((label, i) => (label === 2 && i !== 2 ? 0 : label));
  const rows = Int32Array.from([...labels.keys()].filter((i) => i !== 2));
  const { weights, bias, heldOut } = discriminant({ ...all, labels, rows });
  expect([...weights, ...bias, ...heldOut].every(Number.isFinite)).toBe(true);
  const logits = [0, 1, 2].map((c) => bias[c]! + [...all.states.subarray(16, 24)].reduce((sum, value, j) => sum + value * weights[c * 8 + j]!, 0));
  expect(logits.indexOf(Math.max(...logits))).toBe(2);
});

it('texts that are all alike within their labels', () => {
  const states = Float64Array.from([1, 0, 1, 0, 0, 1, 0, 1]);
  const labels = Int32Array.of(0, 0, 1, 1);
  const { weights, bias, heldOut } = discriminant({ states, labels, classes: 2, rows: Int32Array.of(0, 1, 2, 3) });
  expect([...weights, ...bias, ...heldOut].every(Number.isFinite)).toBe(true);
  expect(Math.exp(heldOut[0]!)).toBeGreaterThan(0.8);
});
