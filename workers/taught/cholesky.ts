/**
 * Symmetric positive definite matrices, and the triangles that they are made of: A = L Lᵀ (Golub & Van Loan, Matrix
 * Computations, section 4.2). Matrices are row-major Float64Arrays.
 */

/** Vectors that are solved for side by side: each number of L is read once for so many. */
const ABREAST = 4;

/** L of A [n, n], in A's place; above the diagonal it holds what it held. */
export function factor(a: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const left = a[row + j]! - dot(a, row, a, j * n, j);
      a[row + j] = j < i ? left / a[j * n + j]! : Math.sqrt(left);
    }
  }
  return a;
}

/** Rows x of X [m, n], each replaced by L⁻¹ x. */
export function solveLower(l: Float64Array, n: number, x: Float64Array): Float64Array {
  const m = x.length / n;
  const u = new Float64Array(n * ABREAST); // of ABREAST rows, number beside number
  for (let first = 0; first < m; first += ABREAST) {
    const rows = Math.min(ABREAST, m - first);
    for (let row = 0; row < rows; row++) for (let i = 0; i < n; i++) u[i * ABREAST + row] = x[(first + row) * n + i]!;
    for (let i = 0; i < n; i++) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      const to = i * ABREAST;
      for (let from = 0, at = i * n; from < to; from += ABREAST, at++) {
        const value = l[at]!;
        s0 += value * u[from]!;
        s1 += value * u[from + 1]!;
        s2 += value * u[from + 2]!;
        s3 += value * u[from + 3]!;
      }
      const inverse = 1 / l[i * n + i]!;
      u[to] = (u[to]! - s0) * inverse;
      u[to + 1] = (u[to + 1]! - s1) * inverse;
      u[to + 2] = (u[to + 2]! - s2) * inverse;
      u[to + 3] = (u[to + 3]! - s3) * inverse;
    }
    for (let row = 0; row < rows; row++) for (let i = 0; i < n; i++) x[(first + row) * n + i] = u[i * ABREAST + row]!;
  }
  return x;
}

/** Rows u of U [m, n], each replaced by L⁻ᵀ u. */
export function solveUpper(l: Float64Array, n: number, u: Float64Array): Float64Array {
  for (let row = 0; row < u.length; row += n) {
    for (let i = n - 1; i >= 0; i--) {
      const value = (u[row + i]! /= l[i * n + i]!);
      for (let j = 0; j < i; j++) u[row + j]! -= value * l[i * n + j]!;
    }
  }
  return u;
}

/** An orthonormal basis of what some vectors span, and where they lie in it. */
export interface Basis {
  /** r. */
  rank: number;
  /** The vectors' coordinates [n, r]. */
  coordinates: Float64Array;
  /** A row w [r] in the basis, as a vector [p] of the space. */
  toSpace(w: Float64Array): Float64Array;
}

/** Of the largest that was there, what is left of a vector that depends on those before it. */
const NOTHING = 1e-10;

/**
 * Of fewer vectors X [n, p] than the space has dimensions: X = coordinates · Q, with Q's rows orthonormal, from the
 * Gram matrix with the largest vector first (pivoted Cholesky), so that vectors which depend on others fall away.
 */
export function basisOf(x: Float64Array, n: number, p: number): Basis {
  const left = Float64Array.from({ length: n }, (_, i) => dot(x, i * p, x, i * p, p));
  const most = Math.max(...left);
  const taken = new Uint8Array(n);
  const columns: Float64Array[] = [];
  const pivots: number[] = [];
  for (let rank = 0; rank < n; rank++) {
    const pivot = left.indexOf(Math.max(...left));
    if (!(left[pivot]! > NOTHING * most)) break;
    const scale = Math.sqrt(left[pivot]!);
    const column = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      if (taken[i]) continue;
      let sum = dot(x, i * p, x, pivot * p, p);
      for (const before of columns) sum -= before[i]! * before[pivot]!;
      column[i] = i === pivot ? scale : sum / scale;
      left[i]! -= column[i]! ** 2;
    }
    left[pivot] = 0;
    taken[pivot] = 1;
    columns.push(column);
    pivots.push(pivot);
  }
  const rank = pivots.length;
  const coordinates = new Float64Array(n * rank);
  columns.forEach((column, j) => {
    for (let i = 0; i < n; i++) coordinates[i * rank + j] = column[i]!;
  });
  // Q = L⁻¹ (the pivots' vectors), L their coordinates.
  const lower = new Float64Array(rank * rank);
  pivots.forEach((pivot, i) => lower.set(coordinates.subarray(pivot * rank, pivot * rank + rank), i * rank));
  const toSpace = (w: Float64Array): Float64Array => {
    const shares = solveUpper(lower, rank, Float64Array.from(w));
    const vector = new Float64Array(p);
    pivots.forEach((pivot, i) => {
      for (let j = 0; j < p; j++) vector[j]! += shares[i]! * x[pivot * p + j]!;
    });
    return vector;
  };
  return { rank, coordinates, toSpace };
}

/** Of `length` numbers of a from i on and of b from j on. */
export function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[i + k]! * b[j + k]!;
    s1 += a[i + k + 1]! * b[j + k + 1]!;
    s2 += a[i + k + 2]! * b[j + k + 2]!;
    s3 += a[i + k + 3]! * b[j + k + 3]!;
  }
  for (; k < length; k++) s0 += a[i + k]! * b[j + k]!;
  return s0 + s1 + s2 + s3;
}
