/** What a visitor does to labels and texts, and has back. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paused, withTwo } from './school.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a wrong answer is put right wherever its text stands, once', async () => {
  const { lessons } = await withTwo();
  lessons.correct('new', 'b');
  lessons.correct('first a', 'b');
  lessons.addLines('second a', 'b'); // now under both
  lessons.correct('second a', 'a');
  const labelled = Object.fromEntries(lessons.texts.value.map(({ text, label }) => [text, label]));
  expect(labelled).toEqual({ new: 'b', 'first a': 'b', 'second a': 'a', 'first b': 'b', 'second b': 'b' });
  expect(lessons.texts.value).toHaveLength(5);
});

test('names and texts that are none are told, and nothing is lost', async () => {
  const { lessons } = await withTwo();
  expect([lessons.addLabel('  '), lessons.trouble.value]).toEqual([false, 'A label needs a name.']);
  expect([lessons.addLabel('a'), lessons.trouble.value]).toEqual([false, 'There is a label “a” already. To make one of two, merge them.']);
  expect(lessons.renameLabel('b', 'a')).toBe(false);
  expect([lessons.addLines(' \n ', 'a'), lessons.trouble.value]).toEqual([false, 'There is no text in it.']);
  expect(lessons.change(1, { text: ' ' })).toBe(false);
  expect([lessons.renameLabel('b', ' c '), lessons.trouble.value]).toEqual([true, '']);
  expect(lessons.labels.value).toEqual(['a', 'c']);
  lessons.mergeLabel('c', 'a');
  expect(lessons.texts.value.map(({ label }) => label)).toEqual(['a', 'a', 'a', 'a']);
});

test('the same text twice is one, and that is told; what is deleted can be had back', async () => {
  const { lessons } = await withTwo();
  lessons.addLines('first a\nthird a', 'a');
  expect(lessons.notice.value).toBe('1 text added; 1 was there already.');
  const [first] = lessons.texts.value;
  lessons.remove(first!.id);
  expect([lessons.canUndo.value, lessons.notice.value]).toEqual([true, 'Deleted: “first a”.']);
  lessons.undo();
  expect([lessons.canUndo.value, lessons.notice.value]).toEqual([false, 'All is as it was before.']);
  expect(lessons.texts.value.find(({ text }) => text === 'first a')?.label).toBe(first!.label);
});

test('a wrong file, and an answer that was put wrong, are taken back', async () => {
  const { lessons } = await withTwo();
  lessons.addLines('waits', undefined);
  const before = { labels: lessons.labels.value, texts: lessons.texts.value };
  expect(lessons.canUndo.value).toBe(false);
  for (const act of [() => lessons.addLines('label\ttext\nc\tone\nd\ttwo\nb\twaits\na\tfirst b\n', 'a'), () => lessons.correct('first a', 'b')]) {
    act();
    expect([lessons.canUndo.value, lessons.texts.value]).toEqual([true, expect.not.arrayContaining([...before.texts])]);
    lessons.undo();
    expect({ labels: lessons.labels.value, texts: lessons.texts.value }).toEqual(before);
  }
});

test('what was merged or taken away comes back as it was, after it was learnt too, and is learnt again', async () => {
  const { lessons, fits } = await withTwo();
  lessons.addLabel('c');
  lessons.addLines('first c\nsecond c', 'c');
  await paused();
  await fits.at(-1)!.succeed();
  const before = { labels: lessons.labels.value, texts: lessons.texts.value };
  for (const act of [() => lessons.mergeLabel('a', 'c'), () => lessons.removeLabel('b')]) {
    act();
    expect([lessons.canUndo.value, lessons.labels.value]).toEqual([true, expect.not.arrayContaining(['a', 'b'])]);
    await paused();
    await fits.at(-1)!.succeed();
    expect(lessons.report.value?.labels).toHaveLength(2);
    lessons.undo();
    expect({ labels: lessons.labels.value, texts: lessons.texts.value }).toEqual(before);
    await paused();
    await fits.at(-1)!.succeed();
    expect([lessons.report.value?.labels, lessons.report.value?.perLabel]).toEqual([['a', 'b', 'c'], [2, 2, 2]]);
  }
  lessons.removeLabel('b');
  lessons.addLines('third a', 'a');
  expect(lessons.canUndo.value).toBe(false);
});
