/**
 * What a text's word pieces say of its label: naive Bayes on which of them stand in it (multinomial, each counted once a
 * text; McCallum & Nigam, 1998). Learning is counting, so leaving a text out is counting it off again.
 *
 * Single pieces, no pairs: on dev sets pairs gained nothing that they would be worth, being ten times as many and telling
 * far more of the texts. Set beside TF-IDF ridge regression on words and pairs (dev accuracy of SST-2, 500 texts a label,
 * joined with exit 0 and with the last exit): 77.2 and 81.8 against 76.1 and 80.8.
 */

import { logSoftmax, sharpen, type Known } from './opinions.js';

/** Counted on top of each piece's count in each label, of those that are tried. */
const PRIORS = [0.03, 0.1, 0.3, 1];

/** How often pieces stand in texts of each label. */
export interface WordCounts {
  /** Texts of each label that a piece stands in [K], by its id. */
  pieces: Map<number, Uint16Array>;
  prior: number;
  /** Of the log-odds' mean over a text's pieces' square root. */
  factor: number;
}

/** What was counted, and what it says of each text by the others. */
export interface Words extends WordCounts {
  /** Log-probabilities [n, K]. */
  heldOut: Float64Array;
}

/** Which pieces stand in a text, without [CLS] and [SEP]. */
export function piecesOf(ids: readonly number[]): number[] {
  return [...new Set(ids.slice(1, -1))];
}

/** @param texts the pieces of each of n texts */
export function countWords(texts: readonly (readonly number[])[], classes: number, known: Known): Words {
  const { labels } = known;
  const pieces = new Map<number, Uint16Array>();
  texts.forEach((text, i) => {
    for (const piece of text) {
      const counts = pieces.get(piece) ?? new Uint16Array(classes);
      pieces.set(piece, counts);
      counts[labels[i]!]!++;
    }
  });
  let best: (Words & { loss: number }) | undefined;
  for (const prior of PRIORS) {
    const totals = totalsOf(pieces, classes);
    const heldOut = new Float64Array(texts.length * classes);
    texts.forEach((text, i) => heldOut.set(oddsOf(text, pieces, totals, prior, labels[i]!), i * classes));
    const { factor, loss } = sharpen(heldOut, classes, known);
    if (!best || loss < best.loss) best = { pieces, prior, factor, heldOut, loss };
  }
  const { heldOut, factor, ...counts } = best!;
  for (let at = 0; at < heldOut.length; at++) heldOut[at]! *= factor;
  texts.forEach((_, i) => logSoftmax(heldOut.subarray(i * classes, (i + 1) * classes)));
  return { pieces: counts.pieces, prior: counts.prior, factor, heldOut };
}

/** Says what word pieces say. */
export class WordOpinion {
  private readonly totals: Float64Array;

  constructor(
    private readonly counts: WordCounts,
    classes: number,
  ) {
    this.totals = totalsOf(counts.pieces, classes);
  }

  /** Log-probabilities of a text by its token ids [K]. */
  of(ids: readonly number[]): Float64Array {
    const { pieces, prior, factor } = this.counts;
    return logSoftmax(oddsOf(piecesOf(ids), pieces, this.totals, prior).map((odds) => odds * factor));
  }
}

/** Pieces in each label's texts [K]. */
function totalsOf(pieces: WordCounts['pieces'], classes: number): Float64Array {
  const totals = new Float64Array(classes);
  for (const counts of pieces.values()) counts.forEach((count, c) => (totals[c]! += count));
  return totals;
}

/**
 * Σ over a text's pieces that were counted of ln P(piece | label), over the square root of their number: what many pieces
 * say together is not as sure as if they were independent.
 *
 * @param without its label, where it is one of the texts that were counted: it is counted off
 */
function oddsOf(text: readonly number[], pieces: WordCounts['pieces'], totals: Float64Array, prior: number, without = -1): Float64Array {
  const logs = totals.map((total, c) => Math.log(total - (c === without ? text.length : 0) + prior * pieces.size));
  const odds = new Float64Array(totals.length);
  let known = 0;
  for (const piece of text) {
    const counts = pieces.get(piece);
    if (!counts) continue;
    known++;
    for (let c = 0; c < odds.length; c++) odds[c]! += Math.log(counts[c]! - (c === without ? 1 : 0) + prior) - logs[c]!;
  }
  return known > 0 ? odds.map((value) => value / Math.sqrt(known)) : odds;
}
