/** Triangles against the matrices they are made of. */

import { describe, expect, it } from 'vitest';
import { basisOf, dot, factor, solveLower, solveUpper } from './cholesky.js';

function numbers(seed: number, count: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => Array.from({ length: n }, (__, k) => a[Math.floor(at / n) * n + k]! * b[(at % n) * n + k]!).reduce((x, y) => x + y));
}

describe('L of A', () => {
  const n = 13;
  const made = numbers(1, n * n);
  const a = product(made, made, n);
  const l = factor(a.slice(), n).map((value, at) => (at % n > Math.floor(at / n) ? 0 : value));

  it('times its transpose is A', () => {
    product(l, l, n).forEach((value, at) => expect(value).toBeCloseTo(a[at]!, 10));
  });

  it('solves, however many vectors there are', () => {
    for (const m of [1, 4, 6]) {
      const b = numbers(2, m * n);
      const x = solveUpper(l, n, solveLower(l, n, b.slice()));
      for (let row = 0; row < m; row++) {
        for (let i = 0; i < n; i++) expect(dot(a, i * n, x, row * n, n)).toBeCloseTo(b[row * n + i]!, 8);
      }
    }
  });
});

describe('a basis', () => {
  const [n, p] = [5, 9];
  const x = numbers(3, n * p);
  x.copyWithin(4 * p, p, 2 * p); // the fifth is the second

  it('has no more vectors than are independent, and keeps all products', () => {
    const { rank, coordinates } = basisOf(x, n, p);
    expect(rank).toBe(4);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) expect(dot(coordinates, i * rank, coordinates, j * rank, rank)).toBeCloseTo(dot(x, i * p, x, j * p, p), 10);
    }
  });

  it('leads back to the space: a vector there has the products that it has here', () => {
    const { rank, coordinates, toSpace } = basisOf(x, n, p);
    const w = numbers(4, rank);
    const there = toSpace(w);
    for (let i = 0; i < n; i++) expect(dot(there, 0, x, i * p, p)).toBeCloseTo(dot(w, 0, coordinates, i * rank, rank), 10);
  });
});
