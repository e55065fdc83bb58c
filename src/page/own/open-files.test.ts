/** Files that a visitor gives. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withTwo } from './school.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a table brings its labels along; what cannot be read is told', async () => {
  const { lessons } = await withTwo();
  const data = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
  await lessons.openFiles(async () => [{ path: 'more.csv', data: data('label,text\nc,"Yes, please"\n,no label\na,first a\n') }]);
  expect(lessons.labels.value).toEqual(['a', 'b', 'c']);
  expect(lessons.notice.value).toBe('2 texts added; 1 was there already.');
  await lessons.openFiles(async () => [
    { path: 'folder/.DS_Store', data: new ArrayBuffer(8) },
    { path: 'folder/one.txt', data: data('one\ntwo\n') },
    { path: 'folder/two.txt', data: data('three\n') },
  ]);
  expect(lessons.notice.value).toBe('3 texts added.');
  await lessons.openFiles(async () => [{ path: 'good.txt', data: data('four\n') }, { path: 'bad.csv', data: data('label,words\nc,x\n') }]);
  expect(lessons.trouble.value).toContain('names no column “text”');
  await lessons.openFiles(async () => [{ path: 'bad.zip', data: data('no zip') }]);
  expect(lessons.trouble.value).toContain('This is no .zip');
  expect(lessons.texts.value).toHaveLength(9);
});

test('a table that is pasted brings its labels along; without a label a text has that of where it was pasted', async () => {
  const { lessons } = await withTwo();
  expect(lessons.addLines('label\ttext\nc\tYes, please\n\tno label\na\t"two ""a"" more"\n', 'b')).toBe(true);
  expect(lessons.texts.value.slice(4).map(({ text, label }) => [text, label])).toEqual([['Yes, please', 'c'], ['no label', 'b'], ['two "a" more', 'a']]);
  expect([lessons.addLines('label\ttext\nc\n', 'b'), lessons.trouble.value]).toEqual([false, expect.stringContaining('Line 2')]);
  expect(lessons.addLines('Label\tText\nc\tCapitals\n', 'b')).toBe(true);
  expect(lessons.addLines('"text","label"\n"Quoted, with a comma",c\n', 'b')).toBe(true);
  expect(lessons.texts.value.slice(-2).map(({ text, label }) => [text, label])).toEqual([['Capitals', 'c'], ['Quoted, with a comma', 'c']]);
  expect(lessons.addLines('Text, and more of it\nlabel\n', 'b')).toBe(true);
  expect(lessons.texts.value.at(-1)).toMatchObject({ text: 'label', label: 'b' });
  expect(lessons.addLines('a text\twith a tab\n', 'b')).toBe(true);
  expect(lessons.texts.value.at(-1)).toMatchObject({ text: 'a text\twith a tab', label: 'b' });
});
