import { expect, test } from 'vitest';
import { resolveLabels } from '../texts/labels.js';
import { tasks } from './index.js';

const manifests = import.meta.glob<{ labels: string[] }>('../../../public/models/*/manifest.json', { eager: true });

test('every model that ships is a task, and every task has its model', () => {
  const folders = tasks.map(({ id }) => `../../../public/models/${id}/manifest.json`);
  expect(Object.keys(manifests).toSorted()).toEqual(folders.toSorted());
});

test.each(tasks)('our dozen of $name fits its model, its classes alike', ({ id, dozen, examples, first }) => {
  const { labels } = manifests[`../../../public/models/${id}/manifest.json`]!;
  const golds = resolveLabels(dozen.map((one, i) => ({ ...one, line: i + 1 })), labels).map(({ gold }) => gold);
  const each = Math.max(1, 12 / labels.length);
  for (const gold of new Set(golds)) expect(golds.filter((one) => one === gold)).toHaveLength(each);
  expect(golds).toHaveLength(12);
  expect(examples.map(({ text }) => text)).toContain(first);
});
