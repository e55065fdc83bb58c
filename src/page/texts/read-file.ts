/**
 * Reads many texts from a file. An error names the line and what to do.
 *
 * .txt: a text a line. .csv and .tsv: a table with the column `text`, and optionally `label`; for
 * pairs also `text_pair`; by the rules in docs/tables.md. What the page itself saved is among what it reads: the texts come back as
 * they were.
 */

import { isSaved, unguarded } from './spreadsheet.js';
import { checkCount, readLines, type RawText } from './read-texts.js';
import { readTable, type Table } from './table.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

export function readFile(name: string, bytes: ArrayBuffer): RawText[] {
  const { unreadable } = words.peek();
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  if (!['txt', 'csv', 'tsv'].includes(ending)) throw new TextsError(unreadable.kind(name));
  const content = decoded(bytes);
  if (content === undefined || content.includes('\0')) throw new TextsError(unreadable.notText(name));
  return ending === 'txt' ? readLines(content) : labelledTexts(readTable(content, unreadable));
}

/** UTF-8, or UTF-16 where a byte order mark says so; undefined for anything else. */
function decoded(bytes: ArrayBuffer): string | undefined {
  const [first, second] = new Uint8Array(bytes);
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function labelledTexts({ columns, rows }: Table): RawText[] {
  const textColumn = columns.indexOf('text');
  const labelColumn = columns.indexOf('label');
  const pairColumn = columns.indexOf('text_pair');
  const plain = isSaved(columns) ? unguarded : (cell: string): string => cell;
  const texts = rows.map(({ cells, line }) => {
    const textIn = (column: number): string => {
      const text = plain(cells[column]!);
      if (text.trim() === '') throw new TextsError(words.peek().unreadable.noText(line));
      return text;
    };
    const text = textIn(textColumn);
    const label = labelColumn < 0 ? undefined : plain(cells[labelColumn]!).trim() || undefined;
    return { text: pairColumn < 0 ? text : { text, text_pair: textIn(pairColumn) }, label, line };
  });
  return checkCount(texts);
}
