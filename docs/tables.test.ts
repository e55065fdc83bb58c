/** docs/tables.md, as the page keeps it; `training/tests/test_tables.py` reads the same files. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readFile } from '../src/page/texts/read-file.js';

type Expected = { rows: [line: number, label: string, text: string][] } | { line: number };

const FOLDER = path.join(import.meta.dirname, '../training/tests/tables');
const expected = JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')) as Record<string, Expected>;

test.each(Object.entries(expected))('%s', (name, wanted) => {
  const read = () => readFile(name, new Uint8Array(readFileSync(path.join(FOLDER, name))).buffer);
  if ('line' in wanted) {
    expect(read).toThrow(`Line ${wanted.line} `);
  } else {
    expect(read().map(({ line, label, text }) => [line, label, text])).toEqual(wanted.rows);
  }
});
