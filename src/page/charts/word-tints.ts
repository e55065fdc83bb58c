/**
 * A text with what leaving out its parts changes: cut into pieces, each with how strongly it is tinted. Full
 * strength is the strongest of the text, unless hardly anything changes: then all are faint.
 */

import type { Span } from '../../core/words.js';

/** Changes are set against the largest of them, or against this one where all are smaller. */
const LEAST = 0.1;
/** Of full strength: what is weaker is left plain. */
const PLAIN = 0.06;
/** Characters of a long text behind its last part, which the model did not reach. */
const REST = 120;

/** A stretch of plain text or, with a number, a part, maybe with others in it. */
export interface Piece {
  text: string;
  part?: number | undefined;
  within: Piece[];
}

export interface Place extends Span {
  /** Its number among all parts. */
  part: number;
}

/** @param places in the order of the text, what holds others before them */
export function piecesOf(text: string, places: readonly Place[]): Piece[] {
  const end = places.reduce((last, place) => Math.max(last, place.end), 0);
  const rest = text.slice(end);
  const shown = rest.length > REST ? `${text.slice(0, end + REST).toWellFormed()}…` : text;
  return cut(shown, places, 0, shown.length);
}

function cut(text: string, places: readonly Place[], from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  const plain = (start: number, end: number): void => {
    if (start < end) pieces.push({ text: text.slice(start, end), within: [] });
  };
  let at = from;
  for (let i = 0; i < places.length; ) {
    const { start, end, part } = places[i]!;
    const behind = places.findIndex((place, k) => k > i && place.start >= end);
    const next = behind < 0 ? places.length : behind;
    const inner = places.slice(i + 1, next);
    plain(at, start);
    pieces.push({ text: text.slice(start, end), part, within: inner.length > 0 ? cut(text, inner, start, end) : [] });
    at = end;
    i = next;
  }
  plain(at, to);
  return pieces;
}

export interface Tint {
  /** 0 to 1; 0 is plain. */
  strength: number;
  /** Whether the number falls without the part: it speaks for the answer, or keeps the text inside. */
  falls: boolean;
}

/** One a change, -1 to 1 each. */
export function tintsOf(changes: readonly number[]): Tint[] {
  const most = Math.max(LEAST, ...changes.map(Math.abs));
  return changes.map((change) => {
    const strength = Math.abs(change) / most;
    return { strength: strength < PLAIN ? 0 : strength, falls: change < 0 };
  });
}
