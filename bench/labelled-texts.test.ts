import { expect, test } from 'vitest';
import type { Manifest } from '../src/core/index.js';
import { parseLabelledTexts } from './labelled-texts.js';

const SENTIMENT: Pick<Manifest, 'labels' | 'problem_type'> = {
  labels: ['negative', 'positive'],
  problem_type: 'single_label_classification',
};
const parse = (source: string) => parseLabelledTexts(source, SENTIMENT, 'dev.tsv');

test('class numbers and label names, in the order of the file', () => {
  expect(parse('label\ttext\n1\tgood\nnegative\tbad\n')).toEqual([
    { labels: [1], text: 'good' },
    { labels: [0], text: 'bad' },
  ]);
});

test('a name wins over a number, where a model calls its classes by digits', () => {
  expect(parseLabelledTexts('label\ttext\n1\tx', { ...SENTIMENT, labels: ['1', '0'] }, 'f')).toEqual([{ labels: [0], text: 'x' }]);
});

test('names that differ by case only stay two', () => {
  const model = { ...SENTIMENT, labels: ['US', 'us'] };
  expect(parseLabelledTexts('label\ttext\nUS\tx\nus\ty\n', model, 'f').map(({ labels }) => labels)).toEqual([[0], [1]]);
});

test('columns in any order among others, Windows line ends, a byte order mark, no last newline', () => {
  expect(parse('\uFEFFid\ttext\tlabel\r\n7\tfine\t1\r\n8\tpoor\t0')).toEqual([
    { labels: [1], text: 'fine' },
    { labels: [0], text: 'poor' },
  ]);
});

test('quotes are part of the text, and a text may be empty', () => {
  expect(parse('label\ttext\n1\t"so" good\n0\t\n')).toEqual([
    { labels: [1], text: '"so" good' },
    { labels: [0], text: '' },
  ]);
});

test('for a multi-label model any number of labels a row, each once and in order', () => {
  const several = { ...SENTIMENT, problem_type: 'multi_label_classification' } as const;
  expect(parseLabelledTexts('label\ttext\npositive|0|1\tx\n\ty\n', several, 'f')).toEqual([
    { labels: [0, 1], text: 'x' },
    { labels: [], text: 'y' },
  ]);
  expect(() => parseLabelledTexts('label\ttext\n1|maybe\tx\n', several, 'f')).toThrow('line 2: the label "1|maybe" is not one');
});

test('for a model of pairs the second texts too; files of the other kind are refused', () => {
  const pairs = { ...SENTIMENT, text_pair: true };
  const file = 'label\ttext\ttext_pair\n1\tgood\tfine\n';
  expect(parseLabelledTexts(file, pairs, 'f')).toEqual([{ labels: [1], text: 'good', text_pair: 'fine' }]);
  expect(() => parse(file)).toThrow('dev.tsv, line 1: a column "text_pair". The model reads single texts');
  expect(() => parseLabelledTexts('label\ttext\n1\tgood\n', pairs, 'f')).toThrow('f, line 1: no column "text_pair". The model reads pairs');
});

test.each([
  ['', 'dev.tsv: The file is empty'],
  ['label\tsentence\n1\tx\n', 'Line 1 names no column “text”'],
  ['id,text\n1,x\n', 'no column "label" (it has: id, text)'],
  ['label\ttext\n', 'no rows under the header'],
  ['label\ttext\n1\tx\n1\n', 'Line 3 has 1 column, the header has 2'],
  ['label\ttext\n1\tx\ty\n', 'Line 2 has 3 columns, the header has 2'],
  ['label\ttext\n1\tx\n2\ty\n', 'line 3: the label "2" is not one of the model\'s: 0 to 1, or negative, positive'],
  ['label\ttext\n\tx\n', 'line 2: the label "" is not one'],
  ['label\ttext\n-1\tx\n', 'line 2: the label "-1" is not one'],
])('says what is wrong and where: %j', (source, message) => {
  expect(() => parse(source)).toThrow(message);
});
