import { expect, test } from 'vitest';
import { MOST_TEXTS, readLines } from './read-texts.js';

test('lines: any line end, blank lines passed over but counted', () => {
  expect(readLines('\uFEFFone\r\n\r\n  \ntwo\rthree')).toEqual([
    { text: 'one', line: 1, plain: true },
    { text: 'two', line: 4, plain: true },
    { text: 'three', line: 5, plain: true },
  ]);
});

test('one text too many is refused at its line, as many as fit are not', () => {
  const fits = 'x\n'.repeat(MOST_TEXTS);
  expect(readLines(fits)).toHaveLength(MOST_TEXTS);
  expect(() => readLines(`${fits}y`)).toThrow(`Line ${MOST_TEXTS + 1}`);
});
