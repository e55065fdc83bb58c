/**
 * Reads labelled texts: a table with columns `label` and `text` among any others, for a model of pairs also
 * `text_pair`, by the rules in docs/tables.md. A label is a class number or one of the model's label names; of a multi-label model a row
 * names any number of them, with `|` between.
 */

import type { Manifest } from '../src/core/index.js';
import type { TextOrPair } from '../src/index.js';
import { classNumbers } from '../src/page/texts/class-numbers.js';
import { readTable, type Table } from '../src/page/texts/table.js';
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
 * @param source the file's content
 * @param model with its label names in the order of their class numbers
 * @param file how error messages call the file
 */
export function parseLabelledTexts(
  source: string,
  { labels, problem_type, text_pair = false }: Pick<Manifest, 'labels' | 'problem_type' | 'text_pair'>,
  file: string,
): LabelledText[] {
  const { columns, rows } = tableOf(source, file);
  const labelColumn = columns.indexOf('label');
  const textColumn = columns.indexOf('text');
  const pairColumn = columns.indexOf('text_pair');
  if (labelColumn < 0) {
    throw new UsageError(`${file}: no column "label" (it has: ${columns.join(', ')}). Name the columns label and text in the first line.`);
  }
  if (pairColumn >= 0 !== text_pair) {
    throw new UsageError(
      text_pair
        ? `${file}, line 1: no column "text_pair". The model reads pairs of texts: give each row's second text in it.`
        : `${file}, line 1: a column "text_pair". The model reads single texts: take the column out.`,
    );
  }
  if (rows.length === 0) throw new UsageError(`${file}: no rows under the header.`);
  const numbersOf = classNumbers(labels, problem_type);
  return rows.map(({ cells, line }) => {
    const cell = cells[labelColumn]!;
    const numbers = numbersOf(cell);
    if (!numbers) {
      throw new UsageError(
        `${file}, line ${line}: the label "${cell}" is not one of the model's: 0 to ${labels.length - 1}, or ${labels.join(', ')}.`,
      );
    }
    return { labels: numbers, text: cells[textColumn]!, ...(text_pair && { text_pair: cells[pairColumn]! }) };
  });
}

/** The labels that a file's rows have, in order. */
export function labelNames(source: string, file: string): string[] {
  const { columns, rows } = tableOf(source, file);
  const column = columns.indexOf('label');
  if (column < 0) throw new UsageError(`${file}: no column "label" (it has: ${columns.join(', ')}). Name the columns label and text in the first line.`);
  return [...new Set(rows.map(({ cells }) => cells[column]!.trim()))].toSorted();
}

function tableOf(source: string, file: string): Table {
  try {
    return readTable(source.replace(/^\uFEFF/, ''), en.unreadable);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
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
