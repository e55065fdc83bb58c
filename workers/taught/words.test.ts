/** Naive Bayes against counting anew without each text. */

import { expect, it } from 'vitest';
import { countWords, piecesOf, WordOpinion } from './words.js';

/** [CLS] … [SEP]: pieces of three labels, some common to all. */
const IDS = [
  [101, 7, 8, 9, 102],
  [101, 7, 7, 10, 3, 102],
  [101, 20, 21, 3, 102],
  [101, 20, 9, 22, 102],
  [101, 30, 31, 3, 102],
  [101, 30, 32, 8, 102],
];
const LABELS = Int32Array.of(0, 0, 1, 1, 2, 2);
const ROWS = Int32Array.from(LABELS.keys());
const CLASSES = 3;

const words = countWords(IDS.map(piecesOf), CLASSES, { labels: LABELS, rows: ROWS });

/** From the definition: every piece's share among a label's, of the texts given. */
function by(texts: number[], of: number[], vocabulary: number, known: (piece: number) => boolean): number[] {
  const odds = Array.from({ length: CLASSES }, (_, c) => {
    const mine = texts.filter((i) => LABELS[i] === c).flatMap((i) => piecesOf(IDS[i]!));
    const pieces = piecesOf(of).filter(known);
    const sum = pieces.reduce((total, piece) => {
      const count = mine.filter((one) => one === piece).length;
      return total + Math.log((count + words.prior) / (mine.length + words.prior * vocabulary));
    }, 0);
    return (words.factor * sum) / Math.sqrt(Math.max(1, pieces.length));
  });
  const all = Math.log(odds.reduce((sum, odd) => sum + Math.exp(odd), 0));
  return odds.map((odd) => odd - all);
}

const size = words.pieces.size;

it('counts each piece once a text', () => {
  expect([...words.pieces.get(7)!]).toEqual([2, 0, 0]);
  expect([...words.pieces.get(3)!]).toEqual([1, 1, 1]);
  expect(words.pieces.has(101)).toBe(false);
});

it('says what the definition says', () => {
  const opinion = new WordOpinion(words, CLASSES);
  const text = [101, 7, 21, 99, 102]; // 99 was never seen
  const said = opinion.of(text);
  by([...ROWS], text, size, (piece) => words.pieces.has(piece)).forEach((wanted, c) => expect(said[c]).toBeCloseTo(wanted, 10));
});

it('says of each text left out what counting without it says', () => {
  for (const i of ROWS) {
    const wanted = by([...ROWS].filter((other) => other !== i), IDS[i]!, size, () => true);
    wanted.forEach((value, c) => expect(words.heldOut[i * CLASSES + c]).toBeCloseTo(value, 10));
  }
});

it('a text of which no piece was counted says nothing', () => {
  const said = new WordOpinion(words, CLASSES).of([101, 98, 99, 102]);
  for (const value of said) expect(value).toBeCloseTo(Math.log(1 / 3), 12);
});
