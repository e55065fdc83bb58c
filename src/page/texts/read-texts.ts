/**
 * Reads many texts from what was pasted or dropped. An error names the line and what to do.
 *
 * .txt: a text a line. .csv and .tsv: a header row, the column `text`, and optionally `label`; for
 * pairs also `text_pair`.
 * A .tsv is split on tabs without quoting; a .csv follows RFC 4180. What the page itself saved is
 * among what it reads: the texts come back as they were.
 */

import type { TextOrPair } from '../../index.js';
import { isSaved, unguarded } from './spreadsheet.js';
import { csvRows, tsvRows, type TableRow } from './table-rows.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

/** A text as it was read; its label is still a name or number of unknown meaning. */
export interface RawText {
  text: TextOrPair;
  label?: string | undefined;
  /** Where it stands, from 1. */
  line: number;
}

/** More would not fit a page that shows each of them. */
export const MOST_TEXTS = 10_000;
export const MOST_BYTES = 20_000_000;

export function readLines(content: string): RawText[] {
  const texts = withoutMark(content)
    .split(/\r\n|\r|\n/)
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text.trim() !== '');
  return checkCount(texts);
}

export function readFile(name: string, content: string): RawText[] {
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1];
  if (content.includes('\0')) {
    throw new TextsError(words.peek().unreadable.notText(name));
  }
  if (ending === 'txt') return readLines(content);
  if (ending === 'csv') return readTable(csvRows(withoutMark(content)));
  if (ending === 'tsv') return readTable(tsvRows(withoutMark(content)));
  throw new TextsError(words.peek().unreadable.kind(name));
}

function readTable([header, ...rows]: TableRow[]): RawText[] {
  const { unreadable } = words.peek();
  if (!header) throw new TextsError(unreadable.empty);
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  const textColumn = names.indexOf('text');
  const labelColumn = names.indexOf('label');
  const pairColumn = names.indexOf('text_pair');
  if (textColumn < 0) throw new TextsError(unreadable.noColumn(header.cells.join(', ').slice(0, 80)));
  const plain = isSaved(names) ? unguarded : (cell: string): string => cell;
  const texts = rows.map(({ cells, line }) => {
    if (cells.length !== names.length) {
      throw new TextsError(unreadable.columns(line, cells.length, names.length));
    }
    const textIn = (column: number): string => {
      const text = plain(cells[column]!);
      if (text.trim() === '') throw new TextsError(unreadable.noText(line));
      return text;
    };
    const text = textIn(textColumn);
    const label = labelColumn < 0 ? undefined : plain(cells[labelColumn]!.trim()) || undefined;
    return { text: pairColumn < 0 ? text : { text, text_pair: textIn(pairColumn) }, label, line };
  });
  return checkCount(texts);
}

function checkCount(texts: RawText[]): RawText[] {
  if (texts.length === 0) throw new TextsError(words.peek().unreadable.nothing);
  if (texts.length > MOST_TEXTS) {
    throw new TextsError(words.peek().unreadable.tooMany(texts[MOST_TEXTS]!.line, MOST_TEXTS));
  }
  return texts;
}

/** Spreadsheets put a byte order mark before the first column's name. */
function withoutMark(content: string): string {
  return content.replace(/^\uFEFF/, '');
}
