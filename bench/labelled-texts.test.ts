import { expect, test } from 'vitest';
import { parseLabelledTexts } from './labelled-texts.js';

const LABELS = ['negative', 'positive'];
const parse = (source: string) => parseLabelledTexts(source, LABELS, 'dev.tsv');

test('class numbers and label names, in the order of the file', () => {
  expect(parse('label\ttext\n1\tgood\nnegative\tbad\n')).toEqual([
    { label: 1, text: 'good' },
    { label: 0, text: 'bad' },
  ]);
});

test('a name wins over a number, where a model calls its classes by digits', () => {
  expect(parseLabelledTexts('label\ttext\n1\tx', ['1', '0'], 'f')).toEqual([{ label: 0, text: 'x' }]);
});

test('columns in any order among others, Windows line ends, a byte order mark, no last newline', () => {
  expect(parse('\uFEFFid\ttext\tlabel\r\n7\tfine\t1\r\n8\tpoor\t0')).toEqual([
    { label: 1, text: 'fine' },
    { label: 0, text: 'poor' },
  ]);
});

test('quotes are part of the text, and a text may be empty', () => {
  expect(parse('label\ttext\n1\t"so" good\n0\t\n')).toEqual([
    { label: 1, text: '"so" good' },
    { label: 0, text: '' },
  ]);
});

test.each([
  ['', 'line 1: no column "label"'],
  ['label\tsentence\n1\tx\n', 'line 1: no column "text"'],
  ['label,text\n1,x\n', 'line 1: no column "label"'],
  ['label\ttext\n', 'no rows under the header'],
  ['label\ttext\n1\tx\n1\n', 'line 3: 1 columns, but the header row has 2'],
  ['label\ttext\n1\tx\ty\n', 'line 2: 3 columns, but the header row has 2'],
  ['label\ttext\n1\tx\n2\ty\n', 'line 3: the label "2" is not one of the model\'s: 0 to 1, or negative, positive'],
  ['label\ttext\n\tx\n', 'line 2: the label "" is not one'],
  ['label\ttext\n-1\tx\n', 'line 2: the label "-1" is not one'],
])('says what is wrong and where: %j', (source, message) => {
  expect(() => parse(source)).toThrow(message);
});
