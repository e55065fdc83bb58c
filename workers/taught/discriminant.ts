/**
 * A head on pooled states: linear discriminant analysis with equal priors and a within-class covariance shrunk to a
 * multiple of the identity (Friedman, Regularized Discriminant Analysis, 1989), in closed form.
 *
 * How much it is shrunk, and how sure it is, is decided by what it would say of each text had it not learnt from it.
 * That is exact, and costs no refit: leaving a text out changes the scatter by a matrix of rank one and one mean
 * (with the share of the identity as it is). Of fewer texts than dimensions, all is done in the space they span.
 */

import { basisOf, dot, factor, solveLower, solveUpper } from './cholesky.js';
import { logSoftmax, sharpen, type Known } from './opinions.js';

/** Shares of the identity in the covariance that are tried. */
export const SHRINKAGES = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95];
/** The first that is tried where nothing is known. */
const BEGIN = 3;

export interface Discriminant {
  /** Logits are weights [K, p] · x + bias [K]. */
  weights: Float64Array;
  bias: Float64Array;
  /** Number in SHRINKAGES. */
  shrinkage: number;
  /** Log-probabilities of each text, by what was learnt from the others [n, K]. Of a label's only text nothing is known. */
  heldOut: Float64Array;
}

/** Of n texts with labels 0 to K - 1. */
export interface Examples {
  /** Pooled states [n, p]. */
  states: Float64Array;
  /** [n]. */
  labels: Int32Array;
  /** K. */
  classes: number;
  /** Texts that their label has others of. */
  rows: Int32Array;
}

/**
 * @param near number of the shrinkage that is tried first: the last fit's, or the exit's before
 */
export function discriminant(examples: Examples, near = BEGIN): Discriminant {
  const { states, labels, classes } = examples;
  const n = labels.length;
  const p = states.length / n;
  const centre = meanOf(states, n, p);
  const centred = states.slice();
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) centred[i * p + j]! -= centre[j]!;
  const basis = n <= p ? basisOf(centred, n, p) : undefined;
  const space = new Space(basis?.coordinates ?? centred, examples, p);
  const best = climb(near, SHRINKAGES.length, (number) => space.at(SHRINKAGES[number]!));
  const { solved, halves, factor: sharpness, heldOut } = best.found;

  const weights = new Float64Array(classes * p);
  const bias = new Float64Array(classes);
  for (let c = 0; c < classes; c++) {
    const row = solved.subarray(c * space.width, (c + 1) * space.width);
    const vector = basis ? basis.toSpace(row) : row;
    for (let j = 0; j < p; j++) weights[c * p + j] = vector[j]! * sharpness;
    bias[c] = -halves[c]! * sharpness - dot(weights, c * p, centre, 0, p);
  }
  for (let i = 0; i < heldOut.length; i++) heldOut[i]! *= sharpness;
  for (let i = 0; i < n; i++) logSoftmax(heldOut.subarray(i * classes, (i + 1) * classes));
  return { weights, bias, shrinkage: best.number, heldOut };
}

/** What a share of the identity comes to. */
interface Fitted {
  /** A⁻¹ of the means [K, width]. */
  solved: Float64Array;
  /** Half of each mean's square by A⁻¹ [K]. */
  halves: Float64Array;
  /** Logits of each text by the others, not yet sharpened [n, K]. */
  heldOut: Float64Array;
  factor: number;
  loss: number;
}

/** Texts where the discriminant is computed: within-class scatter and means, in the states' own space or a basis of it. */
class Space {
  readonly width: number;
  private readonly counts: Float64Array;
  private readonly means: Float64Array;
  private readonly scatter: Float64Array;
  private readonly freedom: number;
  /** Mean variance a dimension, all p counted. */
  private readonly variance: number;
  private readonly known: Known;

  constructor(
    private readonly x: Float64Array,
    { labels, classes, rows }: Examples,
    p: number,
  ) {
    const n = labels.length;
    this.known = { labels, rows };
    this.width = x.length / n;
    this.counts = new Float64Array(classes);
    this.means = new Float64Array(classes * this.width);
    for (let i = 0; i < n; i++) {
      this.counts[labels[i]!]!++;
      for (let j = 0; j < this.width; j++) this.means[labels[i]! * this.width + j]! += x[i * this.width + j]!;
    }
    for (let c = 0; c < classes; c++) for (let j = 0; j < this.width; j++) this.means[c * this.width + j]! /= this.counts[c]!;
    this.scatter = scatterOf(x, labels, this.means, this.width);
    this.freedom = Math.max(1, n - classes);
    let trace = 0;
    for (let j = 0; j < this.width; j++) trace += this.scatter[j * this.width + j]!;
    this.variance = trace / this.freedom / p || 1; // where the texts of each label are all alike, none
  }

  at(share: number): Fitted {
    const { x, width, means, counts, known } = this;
    const { labels } = known;
    const [n, classes] = [labels.length, counts.length];
    const scale = (1 - share) / this.freedom;
    const lower = this.scatter.map((value) => value * scale);
    for (let j = 0; j < width; j++) lower[j * width + j]! += share * this.variance;
    factor(lower, width);
    const whitened = solveLower(lower, width, x.slice());
    const solved = solveUpper(lower, width, solveLower(lower, width, means.slice()));

    // By A⁻¹: of each mean with each, of each text with each mean.
    const between = new Float64Array(classes * classes);
    for (let c = 0; c < classes; c++) for (let d = 0; d < classes; d++) between[c * classes + d] = dot(means, c * width, solved, d * width, width);
    const heldOut = new Float64Array(n * classes);
    for (let i = 0; i < n; i++) {
      const out = i * classes;
      for (let c = 0; c < classes; c++) heldOut[out + c] = dot(x, i * width, solved, c * width, width);
      const c = labels[i]!;
      const count = counts[c]!;
      const own = heldOut[out + c]!;
      const square = dot(whitened, i * width, whitened, i * width, width);
      // r = x - mean of its own label; s is what the mean moves by r, q what the inverse changes by A⁻¹r.
      const xr = square - own;
      const rr = square - 2 * own + between[c * classes + c]!;
      const downdate = count > 1 ? (scale * count) / (count - 1) : 0;
      const q = downdate / Math.max(1 - downdate * rr, 1e-9);
      const s = count > 1 ? 1 / (count - 1) : 0;
      for (let d = 0; d < classes; d++) {
        let xm = heldOut[out + d]!;
        let rm = xm - between[c * classes + d]!;
        let mm = between[d * classes + d]!;
        if (d === c) {
          mm += s * (s * rr - 2 * rm);
          xm -= s * xr;
          rm -= s * rr;
        }
        heldOut[out + d] = xm + q * xr * rm - 0.5 * (mm + q * rm * rm);
      }
    }
    const halves = Float64Array.from({ length: classes }, (_, c) => 0.5 * between[c * classes + c]!);
    return { solved, halves, heldOut, ...sharpen(heldOut, classes, known) };
  }
}

function meanOf(x: Float64Array, n: number, p: number): Float64Array {
  const mean = new Float64Array(p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) mean[j]! += x[i * p + j]! / n;
  return mean;
}

/** Σ (x - mean of its label)(…)ᵀ; below the diagonal and on it. */
function scatterOf(x: Float64Array, labels: Int32Array, means: Float64Array, width: number): Float64Array {
  const scatter = new Float64Array(width * width);
  const four = Array.from({ length: 4 }, () => new Float64Array(width));
  const n = labels.length;
  for (let first = 0; first < n; first += 4) {
    // Four texts at a time: each number of the scatter is read and written once for them.
    four.forEach((r, k) => {
      const i = first + k;
      for (let j = 0; j < width; j++) r[j] = i < n ? x[i * width + j]! - means[labels[i]! * width + j]! : 0;
    });
    const [a, b, c, d] = four as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < width; i++) {
      const [ai, bi, ci, di] = [a[i]!, b[i]!, c[i]!, d[i]!];
      for (let j = 0, at = i * width; j <= i; j++, at++) scatter[at]! += ai * a[j]! + bi * b[j]! + ci * c[j]! + di * d[j]!;
    }
  }
  return scatter;
}

/** The least loss among numbers 0 to count - 1, by steps from `near` for as long as they lead down. */
function climb(near: number, count: number, fit: (number: number) => Fitted): { number: number; found: Fitted } {
  let best = { number: near, found: fit(near) };
  for (const step of [1, -1]) {
    let moved = false;
    for (let number = best.number + step; number >= 0 && number < count; number += step) {
      const found = fit(number);
      if (!(found.loss < best.found.loss)) break;
      best = { number, found };
      moved = true;
    }
    if (moved) break; // down on this side, up on the other
  }
  return best;
}
