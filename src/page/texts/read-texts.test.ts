import { expect, test } from 'vitest';
import { MOST_TEXTS, readFile, readLines } from './read-texts.js';

test('lines: any line end, blank lines passed over but counted', () => {
  expect(readLines('\uFEFFone\r\n\r\n  \ntwo\rthree')).toEqual([
    { text: 'one', line: 1 },
    { text: 'two', line: 4 },
    { text: 'three', line: 5 },
  ]);
});

test('tsv: tabs separate, quotes mean nothing', () => {
  expect(readFile('a.tsv', 'label\ttext\n1\tsay "hi", you\n\n0\t"open\n')).toEqual([
    { text: 'say "hi", you', label: '1', line: 2 },
    { text: '"open', label: '0', line: 4 },
  ]);
});

test('csv: quoted commas, quotes and line ends', () => {
  const csv = '\uFEFFText,Label\r\n"one, ""two""\r\nthree",positive\r\nplain,\r\n';
  expect(readFile('A.CSV', csv)).toEqual([
    { text: 'one, "two"\r\nthree', label: 'positive', line: 2 },
    { text: 'plain', label: undefined, line: 4 },
  ]);
});

test('csv: without a last line end, also where its last cell is empty', () => {
  expect(readFile('a.csv', 'text,label\na,1')).toEqual([{ text: 'a', label: '1', line: 2 }]);
  expect(readFile('a.csv', 'text,label\na,')).toEqual([{ text: 'a', label: undefined, line: 2 }]);
  expect(readFile('a.csv', 'text\n"a"')).toEqual([{ text: 'a', label: undefined, line: 2 }]);
});

test('a table needs no labels, and may have other columns', () => {
  expect(readFile('a.tsv', 'id\ttext\n7\tfine')).toEqual([{ text: 'fine', label: undefined, line: 2 }]);
});

test('a column text_pair makes pairs', () => {
  const pair = { text: 'one', text_pair: 'two' };
  expect(readFile('a.tsv', 'label\ttext\ttext_pair\n1\tone\ttwo\n')).toEqual([{ text: pair, label: '1', line: 2 }]);
  expect(readFile('a.csv', 'Text_Pair,Text\ntwo,one\n')).toEqual([{ text: pair, label: undefined, line: 2 }]);
  expect(() => readFile('a.csv', 'text,text_pair\none, \n')).toThrow(/Line 2 has no text/);
});

test.each([
  ['a.tsv', 'id\tsentence\n1\tx', /Line 1 .*“text”.*id, sentence/],
  ['a.tsv', 'text\tlabel\nok\t1\nno label', /Line 3 has 1 column, the header has 2/],
  ['a.csv', 'text,label\na,b,c', /Line 2 has 3 columns/],
  ['a.csv', 'text\nok\n"never closed\n\n', /Line 3 opens a quote/],
  ['a.csv', 'text\n"a" b', /Line 2 goes on after a closing quote/],
  ['a.csv', 'text,label\n"x\ny",1\n ,0', /Line 4 has no text/],
  ['a.csv', '', /empty/],
  ['a.tsv', 'text\tlabel\n', /no text in it/],
  ['a.txt', ' \n\n', /no text in it/],
  ['a.docx', 'x', /\.txt, \.csv or \.tsv/],
  ['a.txt', 'PK\0\0', /not a text file/],
])('%s with %j is refused, saying where and what to do', (name, content, message) => {
  expect(() => readFile(name, content)).toThrow(expect.objectContaining({ name: 'TextsError' }));
  expect(() => readFile(name, content)).toThrow(message);
});

test('one text too many is refused at its line, as many as fit are not', () => {
  const fits = 'x\n'.repeat(MOST_TEXTS);
  expect(readLines(fits)).toHaveLength(MOST_TEXTS);
  expect(() => readLines(`${fits}y`)).toThrow(`Line ${MOST_TEXTS + 1}`);
});
