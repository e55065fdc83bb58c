import { expect, test } from 'vitest';
import { worstConfusion } from './confusion.js';

test('the most frequent mistake, or none', () => {
  expect(worstConfusion([[9, 1, 0], [0, 5, 3], [2, 0, 7]])).toEqual({ right: 1, said: 2, n: 3 });
  expect(worstConfusion([[4, 0], [0, 4]])).toBeUndefined();
});
