/**
 * Reads many texts from a file. An error names the line and what to do.
 *
 * .txt: a text a line. .csv and .tsv: a table with the column `text`, and optionally `label`; for
 * pairs also `text_pair`; by the rules in docs/tables.md. What the page itself saved is among what it reads: the texts come back as
 * they were.
 */

import { checkCount, readLines, type RawText } from './read-texts.js';
import { decoded, readTable, textsIn } from './table.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

export function readFile(name: string, bytes: ArrayBuffer): RawText[] {
  const { unreadable } = words.peek();
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  if (!['txt', 'csv', 'tsv'].includes(ending)) throw new TextsError(unreadable.kind(name));
  const content = decoded(new Uint8Array(bytes));
  if (content === undefined) throw new TextsError(unreadable.notText(name));
  return ending === 'txt' ? readLines(content) : checkCount(textsIn(readTable(content, unreadable), unreadable));
}
