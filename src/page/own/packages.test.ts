/** A package out of a file as the page's model. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paused, school, withTwo } from './school.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

const placed = { folder: '/models/opened/', name: 'a package' };
const kept = ['a', 'a', 'b', 'b'].map((label, i) => ({ id: i + 1, text: `text ${i}`, label }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('one that was open is open again, also beside what is taught; closed, it is gone', async () => {
  for (const it of [school({ placed }), school({ placed, kept })]) {
    const { lessons, taken, deleted, fits } = it;
    await lessons.look();
    expect([lessons.opened.value, taken.length]).toEqual(['a package', 1]);
    expect(await taken[0]!.open(0.3)).toEqual({ model: '/models/opened/', speed: 0.3 });
    await paused();
    await fits[0]?.succeed();
    expect(taken).toHaveLength(1);
    await lessons.closePackage();
    expect([lessons.opened.value, taken.at(-1) === undefined, deleted]).toEqual([undefined, fits.length === 0, ['/models/opened/']]);
  }
});

test('what is no package leaves all as it was', async () => {
  const { lessons, taken } = await withTwo();
  const before = taken.length;
  await lessons.openFiles(async () => [{ path: 'x/manifest.json', data: new ArrayBuffer(2) }]);
  expect([lessons.trouble.value, lessons.opened.value, taken.length]).toEqual([expect.stringContaining('x/manifest.json'), undefined, before]);
});
