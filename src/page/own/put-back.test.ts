import { expect, test } from 'vitest';
import type { Teacher } from '../../index.js';
import { Notebook } from '../../notebook.js';
import { putBack } from './put-back.js';

/** A notebook as a teacher has it. */
function taught(): Notebook & Teacher {
  const notebook = new Notebook(['a', 'b', 'c', 'd'], [], () => {});
  for (const [text, label] of [['one', 'a'], ['two', 'b'], ['both', 'b'], ['both', 'c'], ['three', 'c'], ['four', undefined]] as const) notebook.add([text], label);
  const add = notebook.add.bind(notebook);
  return Object.assign(notebook, { add: (text: string, label?: string) => add([text], label)[0]! }) as never;
}

const plain = ({ labels, texts }: Pick<Teacher, 'labels' | 'texts'>) => ({ labels: [...labels], texts: texts.map(({ text, label }) => [text, label]) });

test.each<[string, (now: Teacher) => void]>([
  ['merged', (now) => now.mergeLabel('a', 'd')],
  ['taken away', (now) => now.removeLabel('c')],
  ['renamed', (now) => now.renameLabel('b', 'e')],
  ['added, with a text', (now) => (now.addLabel('e'), void now.add('five', 'e'))],
  ['a text changed and moved', (now) => void now.change(3, { text: 'other', label: 'a' })],
  ['nothing', () => {}],
])('%s: labels, their order and texts are as they were, each by its id', (_, change) => {
  const now = taught();
  const before = { labels: [...now.labels], texts: now.texts };
  change(now);
  putBack(now, before);
  expect({ labels: [...now.labels], texts: now.texts }).toEqual(before);
});

test('a text that a merge made one with its like is there again, the newest', () => {
  const now = taught();
  const before = { labels: [...now.labels], texts: now.texts };
  now.mergeLabel('b', 'c');
  putBack(now, before);
  expect(plain(now)).toEqual({
    labels: ['a', 'b', 'c', 'd'],
    texts: [['one', 'a'], ['two', 'b'], ['both', 'c'], ['three', 'c'], ['four', undefined], ['both', 'b']],
  });
});

test('a deleted text is there again, the newest; its like without a label stays what it is', () => {
  const now = taught();
  now.removeLabel('c');
  const before = { labels: [...now.labels], texts: now.texts };
  now.remove(3);
  putBack(now, before);
  expect(plain(now)).toEqual({
    labels: ['a', 'b', 'd'],
    texts: [['one', 'a'], ['two', 'b'], ['both', undefined], ['three', undefined], ['four', undefined], ['both', 'b']],
  });
});
