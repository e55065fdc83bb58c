import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../src/core/index.js';
import { parseLabelledTexts, type LabelledText } from './labelled-texts.js';

const SENTIMENT: Pick<Manifest, 'labels' | 'problem_type'> = {
  labels: ['negative', 'positive'],
  problem_type: 'single_label_classification',
};
const parseAs = (source: string, model: Parameters<typeof parseLabelledTexts>[1], file: string) => parseLabelledTexts(new TextEncoder().encode(source), model, file);
const parse = (source: string) => parseAs(source, SENTIMENT, 'dev.tsv');

test('class numbers and label names, in the order of the file', () => {
  expect(parse('label\ttext\n1\tgood\nnegative\tbad\n')).toEqual([
    { labels: [1], text: 'good' },
    { labels: [0], text: 'bad' },
  ]);
});

test('a name wins over a number, where a model calls its classes by digits', () => {
  expect(parseAs('label\ttext\n1\tx', { ...SENTIMENT, labels: ['1', '0'] }, 'f')).toEqual([{ labels: [0], text: 'x' }]);
});

test('names that differ by case only stay two', () => {
  const model = { ...SENTIMENT, labels: ['US', 'us'] };
  expect(parseAs('label\ttext\nUS\tx\nus\ty\n', model, 'f').map(({ labels }) => labels)).toEqual([[0], [1]]);
});

test('columns in any order among others, Windows line ends, a byte order mark, no last newline', () => {
  expect(parse('\uFEFFid\ttext\tlabel\r\n7\tfine\t1\r\n8\tpoor\t0')).toEqual([
    { labels: [1], text: 'fine' },
    { labels: [0], text: 'poor' },
  ]);
});

test('quotes are part of the text, and so are spaces', () => {
  expect(parse('label\ttext\n1\t"so" good\n0\t bad \n')).toEqual([
    { labels: [1], text: '"so" good' },
    { labels: [0], text: ' bad ' },
  ]);
});

test('letters of another encoding are refused, not replaced in silence', () => {
  expect(() => parseLabelledTexts(new Uint8Array([0x63, 0x61, 0x66, 0xe9]), SENTIMENT, 'dev.tsv')).toThrow(/dev\.tsv .*UTF-8/);
});

const FOLDER = path.join(import.meta.dirname, '../training/tests/tables');
/** A pair is a list of two. */
type Rows = [line: number, label: string, text: string | [string, string]][];
const expected = Object.entries(
  JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')) as Record<string, { rows?: Rows; line?: number }>,
).filter(([name]) => !name.endsWith('.txt'));

/** For a model of the file's kind, which has these labels. */
function parseShared(name: string, labels: string[]): LabelledText[] {
  const model = { ...SENTIMENT, labels, text_pair: /pairs|second/.test(name) };
  return parseLabelledTexts(readFileSync(path.join(FOLDER, name)), model, name);
}

test.each(expected.flatMap(([name, { rows }]) => (rows ? [{ name, rows }] : [])))('$name is read as the page and training do', ({ name, rows }) => {
  const labels = [...new Set(rows.map(([, label]) => label))];
  const texts = rows.map(([, label, text]) => ({
    labels: [labels.indexOf(label)],
    ...(typeof text === 'string' ? { text } : { text: text[0], text_pair: text[1] }),
  }));
  expect(parseShared(name, labels)).toEqual(texts);
});

test.each(expected.filter(([, { rows }]) => !rows))('%s is refused at its line', (name, { line }) => {
  expect(() => parseShared(name, ['good', 'bad', 'same', 'other'])).toThrow(`Line ${line} `);
});

test('for a multi-label model any number of labels a row, each once and in order', () => {
  const several = { ...SENTIMENT, problem_type: 'multi_label_classification' } as const;
  expect(parseAs('label\ttext\npositive|0|1\tx\n\ty\n', several, 'f')).toEqual([
    { labels: [0, 1], text: 'x' },
    { labels: [], text: 'y' },
  ]);
  expect(() => parseAs('label\ttext\n1|maybe\tx\n', several, 'f')).toThrow('line 2: the label "1|maybe" is not one');
});

test('for a model of pairs the second texts too; files of the other kind are refused', () => {
  const pairs = { ...SENTIMENT, text_pair: true };
  const file = 'label\ttext\ttext_pair\n1\tgood\tfine\n';
  expect(parseAs(file, pairs, 'f')).toEqual([{ labels: [1], text: 'good', text_pair: 'fine' }]);
  expect(() => parse(file)).toThrow('dev.tsv, line 1: a column "text_pair". The model reads single texts');
  expect(() => parseAs('label\ttext\n1\tgood\n', pairs, 'f')).toThrow('f, line 1: no column "text_pair". The model reads pairs');
});

test.each([
  ['', 'dev.tsv: The file is empty'],
  ['label\tsentence\n1\tx\n', 'Line 1 names no column “text”'],
  ['id,text\n1,x\n', 'no column "label" (it has: id, text)'],
  ['label\ttext\n', 'no rows under the header'],
  ['label\ttext\n1\tx\n1\n', 'Line 3 has 1 column, the header has 2'],
  ['label\ttext\n1\tx\n1\t \n', 'dev.tsv: Line 3 has no text'],
  ['label\ttext\n1\tx\ty\n', 'Line 2 has 3 columns, the header has 2'],
  ['label\ttext\n1\tx\n2\ty\n', 'line 3: the label "2" is not one of the model\'s: 0 to 1, or negative, positive'],
  ['label\ttext\n\tx\n', 'line 2: the label "" is not one'],
  ['label\ttext\n-1\tx\n', 'line 2: the label "-1" is not one'],
])('says what is wrong and where: %j', (source, message) => {
  expect(() => parse(source)).toThrow(message);
});
