import { expect, test } from 'vitest';
import { dotAt, dotBeyond, dotsOf, groupsOf, LOOKS } from './scatter.js';

const area = { left: 10, right: 210, top: 20, bottom: 120 };

test('both directions have one scale, all dots lie within, and up is up', () => {
  const dots = dotsOf(Float32Array.from([0, 0, 4, 0, 2, 1]), area);
  expect(Array.from(dots)).toEqual([10, 95, 210, 95, 110, 45]);
  const tall = dotsOf(Float32Array.from([0, 0, 0, 10]), area);
  expect(Array.from(tall)).toEqual([110, 120, 110, 20]);
});

test('one dot, or all on one place, is in the middle; none is none', () => {
  expect(Array.from(dotsOf(Float32Array.from([3, 7]), area))).toEqual([110, 70]);
  expect(Array.from(dotsOf(Float32Array.from([3, 7, 3, 7]), area))).toEqual([110, 70, 110, 70]);
  expect(dotsOf(new Float32Array(), area)).toHaveLength(0);
});

test('answers are groups, the largest first; texts without one are in none', () => {
  expect(groupsOf(['b', 'a', undefined, 'a'])).toEqual([{ answer: 'a', texts: [1, 3] }, { answer: 'b', texts: [0] }]);
  expect(groupsOf([])).toEqual([]);
});

test('of very many answers the rare ones share a group, and no text is lost', () => {
  const answers = Array.from({ length: 600 }, (_, i) => `label ${Math.floor(Math.sqrt(i)) % 20}`);
  const groups = groupsOf(answers);
  expect(groups).toHaveLength(LOOKS + 1);
  expect(groups.at(-1)!.answer).toBeUndefined();
  expect(groups.flatMap(({ texts }) => texts).toSorted((a, b) => a - b)).toEqual([...answers.keys()]);
  // One that would be alone among the others keeps its name.
  expect(groupsOf(Array.from({ length: LOOKS + 1 }, (_, i) => String(i))).every(({ answer }) => answer !== undefined)).toBe(true);
});

const dots = Float32Array.from([0, 0, 10, 1, 30, 2, 3, 12, 0, 0]);

test('the dot pointed at is the closest within reach, the uppermost of several', () => {
  expect(dotAt(dots, { x: 12, y: 1 })).toBe(1);
  expect(dotAt(dots, { x: 1, y: 1 })).toBe(4);
  expect(dotAt(dots, { x: 60, y: 1 })).toBeUndefined();
  expect(dotAt(new Float32Array(), { x: 0, y: 0 })).toBeUndefined();
});

test('arrow keys go to the closest dot that way, through all on one place, and stop at the edge', () => {
  expect(dotBeyond(dots, 0, 'ArrowRight')).toBe(4);
  expect(dotBeyond(dots, 4, 'ArrowRight')).toBe(1);
  expect(dotBeyond(dots, 1, 'ArrowRight')).toBe(2);
  expect(dotBeyond(dots, 2, 'ArrowRight')).toBe(2);
  expect(dotBeyond(dots, 4, 'ArrowDown')).toBe(3);
  expect(dotBeyond(dots, 3, 'ArrowUp')).toBe(0);
  expect(dotBeyond(dots, 1, 'ArrowLeft')).toBe(0);
});

test('without a dot in focus a key begins at the other side; other keys mean nothing', () => {
  expect(dotBeyond(dots, undefined, 'ArrowRight')).toBe(0);
  expect(dotBeyond(dots, undefined, 'ArrowLeft')).toBe(2);
  expect(dotBeyond(dots, undefined, 'ArrowUp')).toBe(3);
  expect(dotBeyond(dots, 1, 'Escape')).toBeUndefined();
  expect(dotBeyond(new Float32Array(), undefined, 'ArrowUp')).toBeUndefined();
});
