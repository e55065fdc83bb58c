import { expect, test } from 'vitest';
import { readFile } from './read-file.js';

const read = (name: string, content: string) => readFile(name, new TextEncoder().encode(content).buffer);

test('tsv: tabs separate, quotes mean nothing', () => {
  expect(read('a.tsv', 'label\ttext\n1\tsay "hi", you\n\n0\t"open\n')).toEqual([
    { text: 'say "hi", you', label: '1', line: 2 },
    { text: '"open', label: '0', line: 4 },
  ]);
});

test('csv: quoted commas, quotes and line ends', () => {
  const csv = '\uFEFFText,Label\r\n"one, ""two""\r\nthree",positive\r\nplain,\r\n';
  expect(read('A.CSV', csv)).toEqual([
    { text: 'one, "two"\r\nthree', label: 'positive', line: 2 },
    { text: 'plain', label: undefined, line: 4 },
  ]);
});

test('csv: without a last line end, also where its last cell is empty', () => {
  expect(read('a.csv', 'text,label\na,1')).toEqual([{ text: 'a', label: '1', line: 2 }]);
  expect(read('a.csv', 'text,label\na,')).toEqual([{ text: 'a', label: undefined, line: 2 }]);
  expect(read('a.csv', 'label,text\n1,"a"')).toEqual([{ text: 'a', label: '1', line: 2 }]);
});

test('a table needs no labels, and may have other columns', () => {
  expect(read('a.tsv', 'id\ttext\n7\tfine')).toEqual([{ text: 'fine', label: undefined, line: 2 }]);
});

test('a single column may be quoted, and is not where a quote stands open', () => {
  const texts = (content: string) => read('a.csv', content).map(({ text }) => text);
  expect(texts('text\n"a, ""b"""\n"two\nlines"\nplain, too\n')).toEqual(['a, "b"', 'two\nlines', 'plain, too']);
  expect(texts('text\n"so" he said\n"open\n')).toEqual(['"so" he said', '"open']);
});

test('a column text_pair makes pairs', () => {
  const pair = { text: 'one', text_pair: 'two' };
  expect(read('a.tsv', 'label\ttext\ttext_pair\n1\tone\ttwo\n')).toEqual([{ text: pair, label: '1', line: 2 }]);
  expect(read('a.csv', 'Text_Pair,Text\ntwo,one\n')).toEqual([{ text: pair, label: undefined, line: 2 }]);
  expect(() => read('a.csv', 'text,text_pair\none, \n')).toThrow(/Line 2 has no text/);
});

test.each([
  ['a.tsv', 'id\tsentence\n1\tx', /Line 1 .*“text”.*id, sentence/],
  ['a.tsv', 'text\tlabel\nok\t1\nno label', /Line 3 has 1 column, the header has 2/],
  ['a.csv', 'text,label\na,b,c', /Line 2 has 3 columns/],
  ['a.csv', 'text,label\nok,1\n"never closed,1\n\n', /Line 3 opens a quote/],
  ['a.csv', 'text,label\n"a" b,1', /Line 2 goes on after a closing quote/],
  ['a.csv', 'text,label\n"x\ny",1\n ,0', /Line 4 has no text/],
  ['a.csv', '', /empty/],
  ['a.tsv', 'text\tlabel\n', /no text in it/],
  ['a.txt', ' \n\n', /no text in it/],
  ['a.docx', 'x', /\.txt, \.csv or \.tsv/],
  ['a.txt', 'PK\0\0', /not a text file/],
])('%s with %j is refused, saying where and what to do', (name, content, message) => {
  expect(() => read(name, content)).toThrow(expect.objectContaining({ name: 'TextsError' }));
  expect(() => read(name, content)).toThrow(message);
});

test.each([
  ['UTF-16LE', [0xff, 0xfe, 0x41, 0]],
  ['UTF-16BE', [0xfe, 0xff, 0, 0x41]],
  ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x41]],
])('a byte order mark says %s', (_, bytes) => {
  expect(readFile('a.txt', new Uint8Array(bytes).buffer)).toEqual([{ text: 'A', line: 1, plain: true }]);
});

test('letters of another encoding are not replaced in silence', () => {
  expect(() => readFile('a.txt', new Uint8Array([0x63, 0x61, 0x66, 0xe9]).buffer)).toThrow(/a\.txt .*UTF-8/);
});
