import { expect, test } from 'vitest';
import { draw } from './draw.js';

const LABELS = Array.from({ length: 90 }, (_, row) => row % 3);

test('so many rows of each label, each once, the same each time', () => {
  const rows = draw(LABELS, 8, 1);
  expect(rows).toHaveLength(24);
  expect(new Set(rows).size).toBe(24);
  for (const label of [0, 1, 2]) expect(rows.filter((row) => LABELS[row] === label)).toHaveLength(8);
  expect(draw(LABELS, 8, 1)).toEqual(rows);
});

test('another seed draws others; the fewer are among the more', () => {
  expect(draw(LABELS, 8, 2)).not.toEqual(draw(LABELS, 8, 1));
  const more = new Set(draw(LABELS, 20, 1));
  for (const row of draw(LABELS, 8, 1)) expect(more).toContain(row);
});

test('of a label that has fewer, all', () => {
  expect(draw([0, 1, 1], 5, 0).toSorted()).toEqual([0, 1, 2]);
});
