import { expect, test } from 'vitest';
import { Once } from './once.js';

test('made once, for all who ask; made again only where it failed', async () => {
  let made = 0;
  let fails = true;
  const thing = new Once(async () => {
    made++;
    if (fails) throw new Error('not yet');
    return made;
  });
  const [first, second] = [thing.get(), thing.get()];
  await expect(first).rejects.toThrow('not yet');
  await expect(second).rejects.toThrow('not yet');
  expect(made).toBe(1);
  fails = false;
  expect(await Promise.all([thing.get(), thing.get()])).toEqual([2, 2]);
});
