import { expect, test } from 'vitest';
import { apart } from './apart.js';

test('names that would overlap move down, one line each, and only they', () => {
  const label = (name: string, x: number, y: number) => ({ name, x, y });
  const places = apart([
    label('third', 10, 104),
    label('first', 10, 100),
    label('second', 20, 102),
    label('far', 200, 103),
    label('below', 10, 135),
  ]);
  expect(Object.fromEntries(places.map(({ name, y }) => [name, y]))).toEqual({
    first: 100,
    second: 114,
    third: 128,
    far: 103,
    // Pushed by the one that was pushed.
    below: 142,
  });
});
