import { expect, test } from 'vitest';
import { tooLittle } from './too-little.js';

const texts = (...labels: (string | undefined)[]) => labels.map((label, i) => ({ id: i, text: `text ${i}`, label }));

test('it takes two labels with two texts each, and says which are short', () => {
  expect(tooLittle([], [])).toEqual({ why: 'no labels' });
  expect(tooLittle(['a'], texts('a', 'a'))).toEqual({ why: 'one label' });
  expect(tooLittle(['a', 'b', 'c'], texts('a', 'a', 'b', undefined))).toEqual({ why: 'texts', labels: ['b', 'c'] });
  expect(tooLittle(['a', 'b', 'c'], texts('a', 'a', 'b', 'b'))).toBeUndefined();
});
