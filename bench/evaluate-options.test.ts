import { expect, test } from 'vitest';
import { parseOptions } from './evaluate-options.js';

const MODEL = import.meta.dirname;
const DATA = import.meta.filename;
const parse = (...args: string[]) => parseOptions(['--model', MODEL, '--data', DATA, ...args]);

test('only a model and data: the defaults', () => {
  expect(parse()).toEqual({
    model: MODEL,
    data: DATA,
    device: 'auto',
    targets: [0, 0.1, 0.3, 0.5, 0.8].map((speed) => ({ speed })),
    limit: undefined,
    batch: undefined,
    reference: undefined,
    json: false,
  });
});

test('everything given', () => {
  const args = ['--device', 'wasm', '--speed', '0, 1', '--limit', '9', '--batch', '64', '--json'];
  expect(parse(...args, '--reference', DATA)).toMatchObject({
    device: 'wasm',
    targets: [{ speed: 0 }, { speed: 1 }],
    limit: 9,
    batch: 64,
    reference: DATA,
    json: true,
  });
});

test('paces that are no speeds', () => {
  const targets = [{ speedup: 3 }, { accuracy: 0.9 }, { agreement: 0.99 }, { agreement: 1 }];
  expect(parse('--speedup', '3', '--accuracy', '0.9', '--agreement', '0.99,1')).toMatchObject({ targets });
});

test('help asks for nothing else', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
});

test.each([
  [['--speed', '0,1.5'], '--speed: "1.5" is not a number from 0 to 1'],
  [['--speed', '0,,1'], '--speed: "" is not'],
  [['--speed', 'fast'], '--speed: "fast" is not'],
  [['--speedup', '3,0.5'], '--speedup: "0.5" is not a number from 1 up'],
  [['--accuracy', '92'], '--accuracy: "92" is not a number from 0 to 1'],
  [['--agreement', '99'], '--agreement: "99" is not a number from 0 to 1'],
  [['--limit', '0'], '--limit is "0"; it takes a whole number from 1 up'],
  [['--batch', '1.5'], '--batch is "1.5"'],
  [['--device', 'gpu'], '--device is "gpu"; it takes wasm, webgpu, auto'],
  [['--reference', 'nowhere.json'], '--reference nowhere.json: there is no such file'],
  [['--fast'], "Unknown option '--fast'"],
  [['stray'], "Unexpected argument 'stray'"],
  [['--limit'], "Option '--limit <value>' argument missing"],
])('%j is refused', (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});

test.each([
  [[], '--model DIR is missing'],
  [['--model', MODEL], '--data FILE is missing'],
  [['--model', 'nowhere', '--data', DATA], '--model nowhere: there is no such folder'],
  [['--model', MODEL, '--data', 'nowhere.tsv'], '--data nowhere.tsv: there is no such file'],
])('without what it needs: %j', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
