/** docs/tables.md, as the page keeps it; `training/tests/test_tables.py` reads the same files. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readFile } from '../src/page/texts/read-file.js';

/** A pair is a list of two. */
type Rows = [line: number, label: string, text: string | [string, string]][];

const FOLDER = path.join(import.meta.dirname, '../training/tests/tables');
const expected = JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')) as Record<string, { rows?: Rows; line?: number }>;
const read = (name: string) => readFile(name, new Uint8Array(readFileSync(path.join(FOLDER, name))).buffer);

test.each(Object.entries(expected).filter(([, { rows }]) => rows))('%s is read', (name, { rows }) => {
  const found = read(name).map(({ line, label, text }) => [line, label, typeof text === 'string' ? text : [text.text, text.text_pair]]);
  expect(found).toEqual(rows);
});

test.each(Object.entries(expected).filter(([, { rows }]) => !rows))('%s is refused, with its line', (name, { line }) => {
  expect(() => read(name)).toThrow(`Line ${line} `);
});
