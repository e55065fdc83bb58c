import { expect, test } from 'vitest';
import { parseOptions } from './teach-options.js';

const FILE = import.meta.filename;
const MODEL = import.meta.dirname;
const parse = (...args: string[]) => parseOptions(args, MODEL);

test('only the files: the defaults', () => {
  expect(parse('--data', FILE, '--test', FILE)).toEqual({ data: FILE, test: FILE, perLabel: [8, 32, 128], seeds: 3, model: MODEL, limit: undefined, json: false });
});

test('everything given', () => {
  const args = ['--data', FILE, '--test', FILE, '--per-label', '3, 8', '--seeds', '2', '--model', MODEL, '--limit', '90', '--json'];
  expect(parse(...args)).toMatchObject({ perLabel: [3, 8], seeds: 2, limit: 90, json: true });
});

test('help is no error', () => {
  expect(parse('--help')).toBeUndefined();
});

test.each([
  [[], /--data FILE is missing/],
  [['--data', FILE], /--test FILE is missing/],
  [['--data', 'gone.tsv', '--test', FILE], /--data gone\.tsv: there is no such file/],
  [['--data', FILE, '--test', FILE, '--per-label', '1'], /--per-label: "1" is not a number from 2 up/],
  [['--data', FILE, '--test', FILE, '--per-label', '2.5'], /whole numbers/],
  [['--data', FILE, '--test', FILE, '--seeds', '0'], /--seeds is "0"/],
  [['--data', FILE, '--test', FILE, '--model', 'gone'], /--model gone: there is no such folder/],
])('%j is told', (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});
