import { expect, test } from 'vitest';
import { band, polyline } from './polyline.js';

test('a line goes from point to point, to a tenth of a pixel', () => {
  expect(polyline([[0, 1.04], [2.06, -3], [4, 5]])).toBe('M0,1L2.1,-3L4,5');
});

test('nothing is no line, and one point is a dot', () => {
  expect(polyline([])).toBe('');
  expect(polyline([[1, 2]])).toBe('M1,2Z');
});

test('a band goes along one line and back along the other', () => {
  expect(band([[0, 0], [1, 0]], [[0, 2], [1, 3]])).toBe('M0,0L1,0L1,3L0,2Z');
  expect(band([], [])).toBe('');
});
