/** Reads many texts from what was pasted, one a line. */

import type { TextOrPair } from '../../index.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

/** A text as it was read; its label is still a name or number of unknown meaning. */
export interface RawText {
  text: TextOrPair;
  label?: string | undefined;
  /** Where it stands, from 1. */
  line: number;
  /** Whether it is a line as it stands, and no cell of a table: it may hold both texts of a pair. */
  plain?: true;
}

/** More would not fit a page that shows each of them. */
export const MOST_TEXTS = 10_000;
export const MOST_BYTES = 20_000_000;

export function readLines(content: string): RawText[] {
  const texts = content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((text, i) => ({ text, line: i + 1, plain: true as const }))
    .filter(({ text }) => text.trim() !== '');
  return checkCount(texts);
}

export function checkCount(texts: RawText[]): RawText[] {
  if (texts.length === 0) throw new TextsError(words.peek().unreadable.nothing);
  if (texts.length > MOST_TEXTS) {
    throw new TextsError(words.peek().unreadable.tooMany(texts[MOST_TEXTS]!.line, MOST_TEXTS));
  }
  return texts;
}
