import { describe, expect, test } from 'vitest';
import { fillLiteRt, readLiteRtTable } from './fill-litert.js';

const model = (task: string): string => new URL(`../public/models/${task}`, import.meta.url).pathname;
const graphs = (task: string): string => new URL(`whole/${task}`, import.meta.url).pathname;
/** A file is 30 MB. */
const SLOW = 120_000;

describe.each(['sst2', 'ag_news'])('%s', (task) => {
  test('the package has all the weights of what was converted, to the byte', () => {
    const file = fillLiteRt(model(task), graphs(task));
    expect(file.toString('latin1', 4, 8)).toBe('TFL3');
    expect(file.length).toBe(readLiteRtTable(graphs(task)).bytes);
  }, SLOW);
});

test('weights of another package are told', () => {
  expect(() => fillLiteRt(model('ag_news'), graphs('sst2'))).toThrow(/other weights .* python -m training litert/);
}, SLOW);
