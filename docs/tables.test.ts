/** docs/tables.md, as the page keeps it; `training/tests/test_tables.py` reads the same files. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { resolveLabels } from '../src/page/texts/labels.js';
import { readFile } from '../src/page/texts/read-file.js';

/** A pair is a list of two. */
type Rows = [line: number, label: string | null, text: string | [string, string]][];
interface Expected {
  rows?: Rows;
  line?: number;
  /** Of a file of lines, which have no labels: whether it is read for a model of pairs. */
  pairs?: boolean;
}

const FOLDER = path.join(import.meta.dirname, '../training/tests/tables');
const expected = JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')) as Record<string, Expected>;

function read(name: string): Rows {
  const texts = readFile(name, new Uint8Array(readFileSync(path.join(FOLDER, name))).buffer);
  const model = { labels: [] as string[], problemType: 'single_label_classification', textPair: expected[name]!.pairs! } as const;
  const resolved = name.endsWith('.txt') ? resolveLabels(texts, model) : texts;
  return texts.map(({ line, label = null }, i) => {
    const { text } = resolved[i]!;
    return [line, label, typeof text === 'string' ? text : [text.text, text.text_pair]];
  });
}

test.each(Object.entries(expected).filter(([, { rows }]) => rows))('%s is read', (name, { rows }) => {
  expect(read(name)).toEqual(rows);
});

test.each(Object.entries(expected).filter(([, { rows }]) => !rows))('%s is refused, with its line', (name, { line }) => {
  expect(() => read(name)).toThrow(`Line ${line} `);
});
