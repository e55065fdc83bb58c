/** How teaching begins, goes on in a later visit, and ends. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TeachReport } from '../../index.js';
import { examples } from './examples.js';
import { paused, school, withTwo } from './school.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('with nothing kept nothing is fetched until one begins; an example is learnt by itself', async () => {
  const { lessons, fits, taken } = school();
  await lessons.look();
  expect(lessons.phase.value).toBe('beginning');
  await lessons.begin(examples[0]);
  expect([lessons.phase.value, lessons.labels.value]).toEqual(['open', ['order', 'complaint', 'question']]);
  expect(lessons.notice.value).toBe('30 texts added.');
  expect(fits).toHaveLength(0);
  await paused();
  expect(fits).toHaveLength(1);
  expect(lessons.learning.value).toMatchObject({ status: 'read' });
  await fits[0]!.succeed();
  expect(lessons.learning.value).toBeUndefined();
  expect(lessons.report.value?.perLabel).toEqual([8, 8, 8]);
  expect(lessons.doubts.value).toHaveLength(5);
  expect(await taken.at(-1)!.open(0.3)).toEqual({ speed: 0.3 });
});

test('what is dropped while it is opened is added once it is open', async () => {
  const { lessons } = school();
  await lessons.look();
  const data = new TextEncoder().encode('label,text\nc,one\n').buffer;
  await Promise.all([lessons.begin(), lessons.openFiles(async () => [{ path: 'some.csv', data }])]);
  expect([lessons.phase.value, lessons.labels.value, lessons.trouble.value]).toEqual(['open', ['c'], '']);
});

test('what is too little to learn from is no model, and what is there stays', async () => {
  const { lessons, taken, fits } = await withTwo();
  expect(taken.at(-1)).toBeDefined();
  lessons.removeLabel('b');
  expect(lessons.tooLittle.value).toEqual({ why: 'one label' });
  expect([taken.at(-1), lessons.report.value]).toEqual([undefined, undefined]);
  expect(lessons.texts.value.map(({ label }) => label)).toEqual(['a', 'a', undefined, undefined]);
  await paused();
  expect(fits).toHaveLength(1);
});

test('what is kept is there at once; it is learnt anew only where it has changed since', async () => {
  const kept = ['a', 'a', 'b', 'b'].map((label, i) => ({ id: i + 1, text: `text ${i}`, label }));
  const before = { labels: ['a', 'b'], perLabel: [2, 2], opinions: kept.map(({ id }) => ({ id })), unread: [] } as unknown as TeachReport;
  const { lessons, taken, fits } = school({ kept, before });
  await lessons.look();
  expect([lessons.phase.value, lessons.labels.value, lessons.texts.value]).toEqual(['open', ['a', 'b'], kept]);
  expect([lessons.report.value, await taken.at(-1)!.open(0.2)]).toEqual([before, { speed: 0.2 }]);
  await paused();
  expect(fits).toHaveLength(0);

  const changed = school({ kept, before, isCurrent: false });
  await changed.lessons.look();
  await paused();
  expect(changed.fits).toHaveLength(1);
});

test('another tab that has it open is told of', async () => {
  const { lessons } = school({ opens: false });
  await lessons.look();
  await lessons.begin();
  expect([lessons.phase.value, lessons.trouble.value]).toEqual(['beginning', 'Your labels are open in another tab. Close it there, then try again.']);
});

test('deleting all begins anew', async () => {
  const { lessons, taken, deleted } = await withTwo();
  await lessons.deleteAll();
  expect([lessons.phase.value, lessons.labels.value, lessons.texts.value, taken.at(-1), deleted]).toEqual(['beginning', [], [], undefined, ['all']]);
});
