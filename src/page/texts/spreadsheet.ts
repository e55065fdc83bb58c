/**
 * Keeps a spreadsheet from running a saved text as a formula. A cell that begins with = + - @, their
 * full-width forms, a tab or a line end gets an apostrophe before it, as OWASP says ("CSV Injection"):
 * spreadsheets then take it for text. Reading our own files takes the apostrophe off again; in files
 * of others it may belong to the text.
 */

const DANGER = /^'*(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

export function guarded(cell: string): string {
  return DANGER.test(cell) ? `'${cell}` : cell;
}

export function unguarded(cell: string): string {
  return cell.startsWith("'") && DANGER.test(cell) ? cell.slice(1) : cell;
}

/**
 * How each table that the page saves begins. `label` is the right answer, as in the files that the
 * page reads, and `answer` the model's: so a model is never judged by its own answers.
 */
export const SAVED_COLUMNS = ['text', 'label', 'answer', 'score', 'exit', 'uncertainty', 'ms', 'full'] as const;

/** Whether a table with these columns is one of ours. */
export function isSaved(columns: readonly string[]): boolean {
  return SAVED_COLUMNS.every((name, i) => columns[i] === name);
}
