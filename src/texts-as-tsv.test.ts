/** What is saved comes back, by the page's reader. */

import { expect, it } from 'vitest';
import { readTable } from './page/texts/table.js';
import { en } from './page/words/en.js';
import { textsAsTsv } from './texts-as-tsv.js';

it.each([
  ['plain texts', ['Where is my refund?', 'Thanks, all "fine" here; bye']],
  ['texts that begin with a quote', ['"Fine," he said', '"a ""b"""', 'plain']],
  ['tabs and lines', ['one\ttwo', 'first\nsecond', 'third\r\nfourth', '"quoted"\n']],
  ['one text', ['"only"']],
])('%s', (_, texts) => {
  const { columns, rows } = readTable(textsAsTsv(texts.map((text, i) => ({ text, label: i % 2 ? 'a "b"' : undefined }))), en.unreadable);
  expect(columns).toEqual(['label', 'text']);
  expect(rows.map(({ cells }) => cells)).toEqual(texts.map((text, i) => [i % 2 ? 'a "b"' : '', text]));
});
