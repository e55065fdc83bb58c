/**
 * Points in many dimensions as points on a plane: the two directions in which they spread most (principal component
 * analysis), found by orthogonal iteration on the points themselves, so that no covariance matrix is made (Golub and
 * Van Loan, Matrix Computations, section 8.2.4).
 */

export interface Projection {
  /** [n, 2] row-major: how far each point lies from the mean in either direction. */
  points: Float32Array;
  /** Of all their variance, the share along each direction. */
  shares: [number, number];
}

/** More directions than are wanted: the wanted ones are found the sooner. */
const DIRECTIONS = 6;
const MOST_ROUNDS = 40;
/** Directions that turn by less are found: the cosine to that of the round before. */
const STILL = 1 - 1e-7;

/**
 * The same points give the same plane, not turned round: in each direction the coordinate with the largest weight
 * counts as positive.
 *
 * @param rows [n, size] row-major
 */
export function project(rows: Float32Array, size: number): Projection {
  const n = size === 0 ? 0 : rows.length / size;
  const mean = meanOf(rows, size);
  const wanted = Math.min(DIRECTIONS, size);
  let basis = orthonormal(randomVectors(wanted, size));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = orthonormal(timesCovariance(rows, mean, basis));
    const turned = next.slice(0, 2).some((vector, i) => Math.abs(dot(vector, basis[i]!)) < STILL);
    basis = next;
    if (!turned) break;
  }
  const axes = [0, 1].map((i) => basis[i]).map((axis) => axis && upright(axis));
  const points = new Float32Array(2 * n);
  const spread = [0, 0];
  let all = 0;
  for (let row = 0; row < n; row++) {
    const at = row * size;
    axes.forEach((axis, i) => {
      let sum = 0;
      if (axis) for (let k = 0; k < size; k++) sum += (rows[at + k]! - mean[k]!) * axis[k]!;
      points[2 * row + i] = sum;
      spread[i]! += sum * sum;
    });
    for (let k = 0; k < size; k++) all += (rows[at + k]! - mean[k]!) ** 2;
  }
  return { points, shares: [all > 0 ? spread[0]! / all : 0, all > 0 ? spread[1]! / all : 0] };
}

/**
 * States of different exits as if they were of one: each scaled to length 1, less the mean of those that left at the
 * same exit. As they are they lie apart by exit before anything else: of 872 sentences of SST-2 that was all that the
 * first direction showed, and positive and negative ones lay mixed; without it they part. A text that is alone at its
 * exit comes to lie in the middle.
 *
 * @param rows [n, size] row-major; changed in place
 * @param exits where each row left [n]
 */
export function level(rows: Float32Array, size: number, exits: readonly number[]): void {
  const means = new Map<number, { sum: Float64Array; n: number }>();
  exits.forEach((exit, row) => {
    const state = rows.subarray(row * size, (row + 1) * size);
    const length = Math.hypot(...state) || 1;
    const mean = means.get(exit) ?? { sum: new Float64Array(size), n: 0 };
    means.set(exit, mean);
    mean.n++;
    for (let k = 0; k < size; k++) {
      state[k]! /= length;
      mean.sum[k]! += state[k]!;
    }
  });
  exits.forEach((exit, row) => {
    const { sum, n } = means.get(exit)!;
    for (let k = 0; k < size; k++) rows[row * size + k]! -= sum[k]! / n;
  });
}

function meanOf(rows: Float32Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) mean[i % size]! += rows[i]!;
  const n = rows.length / size;
  return mean.map((sum) => sum / n);
}

/** Each vector times the points' covariance, but for its scale: Σ (x − m)·((x − m)·v). */
function timesCovariance(rows: Float32Array, mean: Float64Array, vectors: readonly Float64Array[]): Float64Array[] {
  const size = mean.length;
  const sums = vectors.map(() => new Float64Array(size));
  const centred = new Float64Array(size);
  for (let at = 0; at < rows.length; at += size) {
    for (let k = 0; k < size; k++) centred[k] = rows[at + k]! - mean[k]!;
    vectors.forEach((vector, i) => {
      const along = dot(centred, vector);
      const sum = sums[i]!;
      for (let k = 0; k < size; k++) sum[k]! += along * centred[k]!;
    });
  }
  return sums;
}

/** Gram and Schmidt's, twice, since once leaves too much where vectors are nearly one. What is left of nothing is 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    const before = Math.sqrt(dot(rest, rest));
    for (let turn = 0; turn < 2; turn++) {
      for (const other of found) {
        const along = dot(rest, other);
        for (let k = 0; k < rest.length; k++) rest[k]! -= along * other[k]!;
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    found.push(length > 1e-12 * before ? rest.map((x) => x / length) : rest.fill(0));
  }
  return found;
}

function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  return largest < 0 ? axis.map((x) => -x) : axis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** To begin with: the same on every machine. (Park and Miller's generator.) */
function randomVectors(count: number, size: number): Float64Array[] {
  let seed = 1;
  return Array.from({ length: count }, () => {
    return Float64Array.from({ length: size }, () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647 - 0.5;
    });
  });
}
