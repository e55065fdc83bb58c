/** Texts and their labels as a table with tabs, as docs/tables.md has it. */

import type { LabelledText } from './teacher.js';

/** What a cell holds that would be read as something else. */
const SPECIAL = /^"|[\t\r\n]/;

/** Where one cell has to be quoted all are, the header too: so is it told from texts that begin with a quote (rule 5). */
export function textsAsTsv(texts: readonly LabelledText[]): string {
  const rows = [['label', 'text'], ...texts.map(({ text, label = '' }) => [label, text])];
  const quoted = rows.some((row) => row.some((cell) => SPECIAL.test(cell)));
  const written = (cell: string): string => (quoted ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(written).join('\t')}\n`).join('');
}
