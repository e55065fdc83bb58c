/** What a batch takes on a device: a fixed part and a part a token. By that calls are sent where they take less. */

/** Milliseconds of a layer with its exit, until its answer is here. */
export interface DeviceCost {
  /** Of every batch, whatever is in it. */
  batch: number;
  /** Of each token on top of that. */
  token: number;
}

export interface Timing {
  /** Tokens of the batch, as the device counts them: with padding, where it pads. */
  tokens: number;
  ms: number;
}

/**
 * The line through some timings, neither part of it below 0. Least squares of the errors as shares of what
 * was measured: a short text's tenth of a millisecond counts as much as a large batch's ten.
 *
 * @param timings at least one; with one number of tokens alone, all is the fixed part
 */
export function fitCost(timings: readonly Timing[]): DeviceCost {
  let [weights, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const { tokens, ms } of timings) {
    const weight = 1 / Math.max(ms, Number.EPSILON) ** 2;
    weights += weight;
    x += weight * tokens;
    y += weight * ms;
    xx += weight * tokens * tokens;
    xy += weight * tokens * ms;
  }
  const spread = weights * xx - x * x;
  const token = spread > 1e-9 * weights * xx ? (weights * xy - x * y) / spread : 0;
  if (token <= 0) return { batch: y / weights, token: 0 };
  const batch = (y - token * x) / weights;
  return batch < 0 ? { batch: 0, token: xy / xx } : { batch, token };
}

/** Milliseconds of some batches, of which each has so many tokens. */
export function costOf({ batch, token }: DeviceCost, tokens: readonly number[]): number {
  return tokens.reduce((ms, count) => ms + batch + count * token, 0);
}
