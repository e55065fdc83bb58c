/** When changes are learnt. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paused, withTwo } from './school.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('changes that come together are learnt together, and the next cancels what is under way', async () => {
  const { lessons, fits } = await withTwo();
  lessons.addLines('third a', 'a');
  lessons.addLines('third b', 'b');
  await paused();
  expect(fits).toHaveLength(2);
  lessons.addLines('fourth b', 'b');
  expect(fits[1]!.options.signal!.aborted).toBe(true);
  await paused();
  expect(fits).toHaveLength(3);
  await fits[2]!.succeed();
  expect(lessons.report.value?.perLabel).toEqual([3, 4]);
  expect(lessons.trouble.value).toBe('');
});

test('a script that cannot be read is told; what was learnt before stands', async () => {
  const { lessons, fits } = await withTwo();
  lessons.addLines('ሰላም', 'a');
  await paused();
  await fits[1]!.fail('TeachingError');
  expect(lessons.trouble.value).toContain('does not know the script');
  expect(lessons.report.value?.perLabel).toEqual([2, 2]);
});
