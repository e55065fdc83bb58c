/**
 * Reads tables as spreadsheets and programs write them, by the rules in docs/tables.md. Training reads
 * them by the same rules (`training/tables.py`); `training/tests/tables` holds both readers to them.
 */

import type { Words } from '../words/en.js';
import type { RawText } from './read-texts.js';
import { isSaved, unguarded } from './spreadsheet.js';
import { TextsError } from './texts-error.js';

export interface TableRow {
  cells: string[];
  /** Where the row begins, from 1: a quoted cell may run over several lines. */
  line: number;
}

export interface Table {
  /** The names in the header, trimmed and in lower case, `text` among them. */
  columns: string[];
  /** Each has a cell a column. */
  rows: TableRow[];
}

type Unreadable = Words['unreadable'];

const LINE_END = /\r\n|\r|\n/;
const SEPARATORS = ['\t', ',', ';'] as const;

/** UTF-8, or UTF-16 where a byte order mark says so; undefined for anything else, and for what is no text. */
export function decoded(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const content = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return content.includes('\0') ? undefined : content;
  } catch {
    return undefined;
  }
}

/**
 * @param unreadable what to say of a table that cannot be read
 * @throws TextsError
 */
export function readTable(content: string, unreadable: Unreadable): Table {
  const first = content.split(LINE_END).find((line) => !isBlank(line.split(/[\t,;]/))) ?? '';
  const separator = SEPARATORS.find((one) => namesIn(first.split(one)).includes('text')) ?? '\t';
  const [header, ...rows] =
    separator === '\t' ? tabSeparated(content, unreadable) : quotedRows(content, separator, unreadable);
  if (!header) throw new TextsError(unreadable.empty);
  const columns = namesIn(header.cells);
  if (!columns.includes('text')) {
    throw new TextsError(unreadable.noColumn(header.line, header.cells.join(', ').slice(0, 80)));
  }
  const uneven = rows.find(({ cells }) => cells.length !== columns.length);
  if (uneven) throw new TextsError(unreadable.columns(uneven.line, uneven.cells.length, columns.length));
  return { columns, rows };
}

/**
 * What the rows of a table say. A label that is blank is none.
 *
 * @throws TextsError where a text is blank
 */
export function textsIn({ columns, rows }: Table, unreadable: Unreadable): RawText[] {
  const textColumn = columns.indexOf('text');
  const labelColumn = columns.indexOf('label');
  const pairColumn = columns.indexOf('text_pair');
  const plain = isSaved(columns) ? unguarded : (cell: string): string => cell;
  return rows.map(({ cells, line }) => {
    const textOf = (column: number): string => {
      const text = plain(cells[column]!);
      if (text.trim() === '') throw new TextsError(unreadable.noText(line));
      return text;
    };
    const text = textOf(textColumn);
    const label = labelColumn < 0 ? undefined : plain(cells[labelColumn]!).trim() || undefined;
    return { text: pairColumn < 0 ? text : { text, text_pair: textOf(pairColumn) }, label, line };
  });
}

/** What a header's cells name. */
export function namesIn(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/s, '$1').trim().toLowerCase());
}

/** Whether a row is none: spreadsheets also write rows whose cells were emptied. */
function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/**
 * With tabs a quote is a quote, as most data sets have it, unless the file says otherwise: it can be read
 * with quoting only, or all that begins with a quote is what a spreadsheet would have quoted. A single
 * column has no separator that could tell; there all quotes that close as they should are quoting.
 */
function tabSeparated(content: string, unreadable: Unreadable): TableRow[] {
  const bare = plainRows(content);
  const opened = bare.flatMap(({ cells }) => cells).filter((cell) => cell.startsWith('"'));
  if (opened.length === 0) return bare;
  let unquoted: TableRow[];
  try {
    unquoted = quotedRows(content, '\t', unreadable);
  } catch {
    return bare;
  }
  if (!isEven(unquoted)) return bare;
  if (!isEven(bare) || bare[0]!.cells.length === 1) return unquoted;
  const wanted =
    bare[0]!.cells[0]!.startsWith('"') || opened.every((cell) => cell.includes(',') || cell.slice(1, -1).includes('"'));
  return wanted && unquoted.length === bare.length ? unquoted : bare;
}

function isEven(rows: readonly TableRow[]): boolean {
  return rows.every(({ cells }) => cells.length === rows[0]!.cells.length);
}

/** Tabs separate, and nothing else means anything. */
function plainRows(content: string): TableRow[] {
  return content
    .split(LINE_END)
    .map((line, i) => ({ cells: line.split('\t'), line: i + 1 }))
    .filter(({ cells }) => !isBlank(cells));
}

/** RFC 4180: a cell in quotes may hold separators, line ends, and quotes as "". */
function quotedRows(content: string, separator: string, unreadable: Unreadable): TableRow[] {
  const ends = `${separator}\r\n`;
  const rows: TableRow[] = [];
  let line = 1;
  let row: TableRow = { cells: [], line };
  let at = 0;

  const endRow = (): void => {
    if (!isBlank(row.cells)) rows.push(row);
    line++;
    row = { cells: [], line };
  };

  while (at < content.length || row.cells.length > 0) {
    if (content[at] === '"') {
      const cell = quoted(content, at, line, ends, unreadable);
      row.cells.push(cell.value);
      line += cell.lines;
      at = cell.end;
    } else {
      const start = at;
      while (at < content.length && !ends.includes(content[at]!)) at++;
      row.cells.push(content.slice(start, at));
    }
    const end = content[at];
    if (end === separator) {
      at++;
      // A separator at the very end still opens a cell.
      if (at === content.length) {
        row.cells.push('');
        endRow();
      }
    } else {
      at += end === '\r' && content[at + 1] === '\n' ? 2 : 1;
      endRow();
    }
  }
  return rows;
}

/** The cell whose opening quote is at `start`, and where it ends. */
function quoted(content: string, start: number, line: number, ends: string, unreadable: Unreadable) {
  let close = start;
  do {
    close = content.indexOf('"', close + 1);
    if (close < 0) throw new TextsError(unreadable.openQuote(line));
    // Two quotes stand for one.
  } while (content[close + 1] === '"' && ++close);
  const value = content.slice(start + 1, close).replaceAll('""', '"');
  const lines = value.match(/\r\n|\r|\n/g)?.length ?? 0;
  const next = content[close + 1];
  if (next !== undefined && !ends.includes(next)) throw new TextsError(unreadable.afterQuote(line + lines));
  return { value, lines, end: close + 1 };
}
