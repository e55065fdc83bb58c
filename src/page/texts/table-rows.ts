/** Splits a table into rows of cells. Empty lines are no rows. */

import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

export interface TableRow {
  cells: string[];
  /** Where the row begins, from 1: a quoted cell may run over several lines. */
  line: number;
}

/** Tabs separate, and nothing else means anything: a quote is a quote. */
export function tsvRows(content: string): TableRow[] {
  return content
    .split(/\r\n|\r|\n/)
    .map((line, i) => ({ cells: line.split('\t'), line: i + 1 }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '');
}

/** RFC 4180: commas separate; a cell in quotes may hold commas, line ends, and quotes as "". */
export function csvRows(content: string): TableRow[] {
  const rows: TableRow[] = [];
  let line = 1;
  let row: TableRow = { cells: [], line };
  let at = 0;

  const endRow = (): void => {
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row);
    line++;
    row = { cells: [], line };
  };

  while (at < content.length || row.cells.length > 0) {
    if (content[at] === '"') {
      const cell = quoted(content, at, line);
      row.cells.push(cell.value);
      line += cell.lines;
      at = cell.end;
    } else {
      const end = endOfPlain(content, at);
      row.cells.push(content.slice(at, end));
      at = end;
    }
    const separator = content[at];
    if (separator === ',') {
      at++;
      // A comma at the very end still opens a cell.
      if (at === content.length) {
        row.cells.push('');
        endRow();
      }
    } else {
      at += separator === '\r' && content[at + 1] === '\n' ? 2 : 1;
      endRow();
    }
  }
  return rows;
}

function endOfPlain(content: string, start: number): number {
  let end = start;
  while (end < content.length && !',\r\n'.includes(content[end]!)) end++;
  return end;
}

/** The cell whose opening quote is at `start`, and where it ends. */
function quoted(content: string, start: number, line: number) {
  let close = start;
  do {
    close = content.indexOf('"', close + 1);
    if (close < 0) throw new TextsError(words.peek().unreadable.openQuote(line));
    // Two quotes stand for one.
  } while (content[close + 1] === '"' && ++close);
  const value = content.slice(start + 1, close).replaceAll('""', '"');
  const lines = value.match(/\r\n|\r|\n/g)?.length ?? 0;
  const next = content[close + 1];
  if (next !== undefined && !',\r\n'.includes(next)) {
    throw new TextsError(words.peek().unreadable.afterQuote(line + lines));
  }
  return { value, lines, end: close + 1 };
}
