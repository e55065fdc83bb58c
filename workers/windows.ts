/**
 * Where a long text is cut into windows, each of which is read alone (training/windows.py cuts the same): between
 * sentences, within long ones between words, and within what is a window long by itself anywhere.
 */

import type { Span } from '../src/core/words.js';

/**
 * Of a sentence, with the white space behind it; a full stop within a word ends none. (Marks are looked at from the first of
 * a row on: a text of nothing else would take as many looks as the square of its length.)
 */
const END = /(?:(?<![.!?])[.!?]+["')\]”’）」』》】]*(?=\s)|[。！？…]+["')\]”’）」』》】]*|\n)\s*/g;
const WORD = /\s*\S+\s*|\s+/g;

/** How many pieces a part of a text has, alone; of more than a window takes it may stop counting. */
type Count = (part: string) => number;

/**
 * A text's windows, end to end from its start on, in UTF-16 code units, and whether they are all of it. It is looked at no
 * further than they go.
 *
 * @param room pieces that a window takes
 * @param most windows
 */
export function windowsOf(text: string, room: number, most: number, count: Count): { windows: Span[]; isWhole: boolean } {
  const windows: Span[] = [];
  let [start, end, filled] = [0, 0, 0];
  for (const { part, pieces } of partsOf(text, count, room, [sentencesOf, wordsOf, chunksOf])) {
    if (end > start && filled + pieces > room) {
      windows.push({ start, end });
      if (windows.length === most) return { windows, isWhole: false };
      [start, filled] = [end, 0];
    }
    end += part.length;
    filled += pieces;
  }
  return { windows: [...windows, { start, end }], isWhole: true };
}

/** Parts of a text, end to end. */
type Cut = (text: string, room: number) => Iterable<string>;

/** What a text is cut into: in the first way, and parts that no window has room for in the next. */
function* partsOf(text: string, count: Count, room: number, [cut, ...finer]: Cut[]): Generator<{ part: string; pieces: number }> {
  for (const part of cut!(text, room)) {
    const pieces = count(part);
    if (pieces <= room || finer.length === 0) yield { part, pieces };
    else yield* partsOf(part, count, room, finer);
  }
}

function* sentencesOf(text: string): Generator<string> {
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(END)) {
    yield text.slice(start, (start = index + mark.length));
  }
  if (start < text.length) yield text.slice(start);
}

function* wordsOf(sentence: string): Generator<string> {
  for (const [word] of sentence.matchAll(WORD)) yield word;
}

/** As many code points as a window has room for pieces. */
function* chunksOf(word: string, room: number): Generator<string> {
  for (let [start, end] = [0, 0]; start < word.length; start = end) {
    for (let i = 0; i < room && end < word.length; i++) end += word.codePointAt(end)! > 0xffff ? 2 : 1;
    yield word.slice(start, end);
  }
}
