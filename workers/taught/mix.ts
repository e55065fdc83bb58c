/**
 * An exit's answer out of several opinions: the log-probabilities of the heads up to it, and of the text's words, are
 * summed with weights that are not negative (a logarithmic opinion pool; Genest & Zidek, 1986). The weights are those of
 * least log loss on what heads say of texts that they did not learn from, drawn to equal ones where there are few texts.
 */

import { factor, solveLower, solveUpper } from './cholesky.js';
import { logSoftmax, type Known } from './opinions.js';

/** By how much weights are drawn to equal ones: so many texts' log loss at a distance of 1. Chosen on dev sets, of 1, 3, 10, 30. */
const PULL = 10;
const STEPS = 50;
/** A step that wins less log loss a text is the last. */
const ENOUGH = 1e-7;

export interface Mix {
  /** One an opinion [m]. */
  weights: Float64Array;
  /** Log-probabilities of each text, with weights that it had no part in [n, K]. */
  heldOut: Float64Array;
}

/**
 * @param opinions log-probabilities of n texts by each of m heads [m][n, K], of texts that it did not learn from
 */
export function mix(opinions: readonly Float64Array[], classes: number, known: Known): Mix {
  const pool = new Pool(opinions, classes, known);
  const weights = pool.fit();
  return { weights, heldOut: pool.heldOut(weights) };
}

/** Σ weights · opinions of one text [K]: an exit's logits. */
export function pooled(opinions: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const logits = new Float64Array(opinions[0]!.length);
  opinions.forEach((opinion, i) => {
    const weight = weights[i]!;
    for (let c = 0; c < logits.length; c++) logits[c]! += weight * opinion[c]!;
  });
  return logits;
}

/** The loss where some weights are, and how it changes there. */
interface Slope {
  loss: number;
  /** [m]. */
  gradient: Float64Array;
  /** [m, m]. */
  curvature: Float64Array;
}

class Pool {
  private readonly size: number;
  private readonly equal: number;
  /** Of the distance's square. */
  private readonly pull: number;

  constructor(
    private readonly opinions: readonly Float64Array[],
    private readonly classes: number,
    private readonly known: Known,
  ) {
    this.size = opinions.length;
    this.equal = 1 / this.size;
    this.pull = PULL / known.rows.length;
  }

  /** Newton's steps, of the weights that are not held at 0 (Bertsekas, 1982). The loss is convex. */
  fit(): Float64Array {
    let weights = new Float64Array(this.size).fill(this.equal);
    let at = this.slope(weights);
    for (let step = 0; step < STEPS; step++) {
      const direction = this.solve(at, at.gradient, weights);
      let next = weights;
      let loss = Infinity;
      for (let length = 1; length > 1e-4 && loss > at.loss; length /= 2) {
        next = weights.map((weight, i) => Math.max(0, weight - length * direction[i]!));
        loss = this.loss(next);
      }
      if (!(at.loss - loss > ENOUGH)) break;
      weights = next;
      at = this.slope(weights);
    }
    return weights;
  }

  /**
   * What is said of each text by weights fitted without it, to first order: Newton's one step from the weights of all
   * texts (the infinitesimal jackknife; Jaeckel, 1972).
   */
  heldOut(weights: Float64Array): Float64Array {
    const { classes, opinions, known } = this;
    const n = known.labels.length;
    const at = this.slope(weights);
    const said = new Float64Array(n * classes);
    const measured = new Set(known.rows);
    for (let row = 0; row < n; row++) {
      const mine = opinions.map((opinion) => opinion.subarray(row * classes, (row + 1) * classes));
      let without = weights;
      if (measured.has(row)) {
        const pulled = this.solve(at, this.gradientOf(mine, weights, known.labels[row]!), weights);
        without = weights.map((weight, i) => Math.max(0, weight + pulled[i]! / known.rows.length));
      }
      said.set(logSoftmax(pooled(mine, without)), row * classes);
    }
    return said;
  }

  /** Curvature⁻¹ · vector, of the weights that are not held at 0. */
  private solve({ gradient, curvature }: Slope, vector: Float64Array, weights: Float64Array): Float64Array {
    const free = [...weights.keys()].filter((i) => weights[i]! > 0 || gradient[i]! < 0);
    const part = Float64Array.from({ length: free.length ** 2 }, (_, at) => curvature[free[Math.floor(at / free.length)]! * this.size + free[at % free.length]!]!);
    const lower = factor(part, free.length);
    const solved = solveUpper(lower, free.length, solveLower(lower, free.length, Float64Array.from(free, (i) => vector[i]!)));
    const all = new Float64Array(this.size);
    free.forEach((i, k) => (all[i] = solved[k]!));
    return all;
  }

  private loss(weights: Float64Array): number {
    let loss = this.away(weights);
    this.each(weights, (_, said, label) => {
      loss -= said[label]! / this.known.rows.length;
    });
    return loss;
  }

  private slope(weights: Float64Array): Slope {
    const { size, pull, equal, known } = this;
    const gradient = weights.map((weight) => 2 * pull * (weight - equal));
    const curvature = new Float64Array(size * size);
    for (let i = 0; i < size; i++) curvature[i * size + i] = 2 * pull;
    let loss = this.away(weights);
    const each = 1 / known.rows.length;
    const means = new Float64Array(size);
    this.each(weights, (mine, said, label) => {
      loss -= said[label]! * each;
      const chances = said.map(Math.exp);
      mine.forEach((opinion, i) => {
        means[i] = opinion.reduce((sum, value, c) => sum + chances[c]! * value, 0);
        gradient[i]! += (means[i]! - opinion[label]!) * each;
      });
      for (let c = 0; c < chances.length; c++) {
        for (let i = 0; i < size; i++) {
          const share = chances[c]! * (mine[i]![c]! - means[i]!) * each;
          for (let j = 0; j <= i; j++) curvature[i * size + j]! += share * (mine[j]![c]! - means[j]!);
        }
      }
    });
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) curvature[j * size + i] = curvature[i * size + j]!;
    return { loss, gradient, curvature };
  }

  /** Of one text's log loss. */
  private gradientOf(mine: Float64Array[], weights: Float64Array, label: number): Float64Array {
    const chances = logSoftmax(pooled(mine, weights)).map(Math.exp);
    return Float64Array.from(mine, (opinion) => opinion.reduce((sum, value, c) => sum + chances[c]! * value, 0) - opinion[label]!);
  }

  private away(weights: Float64Array): number {
    return weights.reduce((sum, weight) => sum + this.pull * (weight - this.equal) ** 2, 0);
  }

  private each(weights: Float64Array, see: (mine: Float64Array[], said: Float64Array, label: number) => void): void {
    const { classes, opinions, known } = this;
    for (const row of known.rows) {
      const mine = opinions.map((opinion) => opinion.subarray(row * classes, (row + 1) * classes));
      see(mine, logSoftmax(pooled(mine, weights)), known.labels[row]!);
    }
  }
}
