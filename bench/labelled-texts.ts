/**
 * Reads labelled texts: a table with columns `label` and `text` among any others, for a model of pairs also
 * `text_pair`, with the page's reader, by the rules in docs/tables.md. A label is a class number or one of the model's
 * label names; of a multi-label model a row names any number of them, with `|` between.
 */

import type { Manifest } from '../src/core/index.js';
import type { TextOrPair } from '../src/index.js';
import { classNumbers } from '../src/page/texts/class-numbers.js';
import { decoded, readTable, textsIn } from '../src/page/texts/table.js';
import { TextsError } from '../src/page/texts/texts-error.js';
import { en } from '../src/page/words/en.js';
import { UsageError } from './usage-error.js';

export interface LabelledText {
  /** Class numbers in order: one or, for a multi-label model, any number. */
  labels: number[];
  text: string;
  /** The second of a pair. */
  text_pair?: string;
}

/**
 * @param bytes the file's content
 * @param model with its label names in the order of their class numbers
 * @param file how error messages call the file
 * @throws UsageError
 */
export function parseLabelledTexts(
  bytes: Uint8Array,
  model: Pick<Manifest, 'labels' | 'problem_type' | 'text_pair'>,
  file: string,
): LabelledText[] {
  const content = decoded(bytes);
  if (content === undefined) throw new UsageError(en.unreadable.notText(file));
  try {
    return rowsOf(content, model, file);
  } catch (error) {
    throw error instanceof TextsError ? new UsageError(`${file}: ${error.message}`) : error;
  }
}

function rowsOf(
  content: string,
  { labels, problem_type, text_pair = false }: Pick<Manifest, 'labels' | 'problem_type' | 'text_pair'>,
  file: string,
): LabelledText[] {
  const table = readTable(content, en.unreadable);
  const { columns } = table;
  if (!columns.includes('label')) {
    throw new UsageError(`${file}: no column "label" (it has: ${columns.join(', ')}). Name the columns label and text in the first line.`);
  }
  if (columns.includes('text_pair') !== text_pair) {
    throw new UsageError(
      text_pair
        ? `${file}, line 1: no column "text_pair". The model reads pairs of texts: give each row's second text in it.`
        : `${file}, line 1: a column "text_pair". The model reads single texts: take the column out.`,
    );
  }
  const rows = textsIn(table, en.unreadable);
  if (rows.length === 0) throw new UsageError(`${file}: no rows under the header.`);
  const numbersOf = classNumbers(labels, problem_type);
  return rows.map(({ text, label = '', line }) => {
    const numbers = numbersOf(label);
    if (!numbers) {
      throw new UsageError(
        `${file}, line ${line}: the label "${label}" is not one of the model's: 0 to ${labels.length - 1}, or ${labels.join(', ')}.`,
      );
    }
    return { labels: numbers, ...(typeof text === 'string' ? { text } : text) };
  });
}

/** The labels that a table's rows have, in order; `parseLabelledTexts` says what is wrong with it. */
export function labelNames(bytes: Uint8Array): string[] {
  const { columns, rows } = readTable(decoded(bytes) ?? '', en.unreadable);
  const column = columns.indexOf('label');
  return [...new Set(rows.map(({ cells }) => cells[column]?.trim() ?? ''))].toSorted();
}

/** Whether two lists of class numbers, both in order, name the same labels. */
export function sameLabels(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((label, i) => label === b[i]);
}

/** Some texts from the shortest to the longest, so that no length is met for the first time later. */
export function ofAllLengths<Text extends TextOrPair>(texts: readonly Text[], most: number): Text[] {
  const length = (text: TextOrPair): number => (typeof text === 'string' ? text.length : text.text.length + text.text_pair.length);
  const sorted = texts.toSorted((a, b) => length(a) - length(b));
  const count = Math.min(most, sorted.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.floor((i * sorted.length) / count)]!);
}
