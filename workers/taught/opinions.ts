/** What a head says of texts: log-probabilities of the labels; and the one number that makes them as sure as they are right. */

/** Log-probabilities of logits [K], in their place. */
export function logSoftmax(logits: Float64Array): Float64Array {
  let most = -Infinity;
  for (const logit of logits) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  const shift = most + Math.log(sum);
  for (let i = 0; i < logits.length; i++) logits[i]! -= shift;
  return logits;
}

/** Of texts whose label is known: the rows of the n texts that are looked at, and the label of each of the n. */
export interface Known {
  labels: Int32Array;
  rows: Int32Array;
}

/** ln of the factors that are tried. */
const RANGE: [low: number, high: number] = [-4, 8];
/** To which ln of the factor is found. */
const CLOSE = 0.02;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The factor by which logits [n, K] have the least log loss (Guo et al., On Calibration of Modern Neural Networks,
 * 2017: one over the temperature), and that loss, a text. By golden section: the loss is convex in the factor.
 *
 * As if one text of n + 2 had another label (Platt, Probabilistic Outputs for Support Vector Machines, 1999, section
 * 2.2): where heads are right of all of a few texts, nothing else would keep them from being wholly sure.
 */
export function sharpen(logits: Float64Array, classes: number, known: Known): { factor: number; loss: number } {
  const loss = (power: number): number => lossAt(logits, classes, known, Math.exp(power));
  let [low, high] = RANGE;
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let [lossLeft, lossRight] = [loss(left), loss(right)];
  while (high - low > CLOSE) {
    if (lossLeft < lossRight) {
      [high, right, lossRight] = [right, left, lossLeft];
      left = high - GOLDEN * (high - low);
      lossLeft = loss(left);
    } else {
      [low, left, lossLeft] = [left, right, lossRight];
      right = low + GOLDEN * (high - low);
      lossRight = loss(right);
    }
  }
  return lossLeft < lossRight ? { factor: Math.exp(left), loss: lossLeft } : { factor: Math.exp(right), loss: lossRight };
}

function lossAt(logits: Float64Array, classes: number, { labels, rows }: Known, factor: number): number {
  const doubt = 1 / (rows.length + 2);
  let sum = 0;
  for (const row of rows) {
    const start = row * classes;
    const end = start + classes;
    let most = -Infinity;
    let all = 0;
    for (let i = start; i < end; i++) {
      all += logits[i]!;
      if (logits[i]! > most) most = logits[i]!;
    }
    let powers = 0;
    for (let i = start; i < end; i++) powers += Math.exp((logits[i]! - most) * factor);
    const own = logits[start + labels[row]!]!;
    const wanted = (1 - doubt) * own + (doubt * (all - own)) / (classes - 1);
    sum += Math.log(powers) - (wanted - most) * factor;
  }
  return sum / rows.length;
}
