import { expect, test } from 'vitest';
import { padding } from './masks.js';

test('padding is 0 on tokens and hides the rest', () => {
  expect(Array.from(padding([2, 3], 3))).toEqual([0, 0, -1e4, 0, 0, 0]);
});
