import { expect, test } from 'vitest';
import { luha } from '../../core/index.js';
import { accuracyY, binMarks, countBars, luhaPath, luhaRange, unsureX } from './luha-geometry.js';

const area = { left: 50, right: 150, top: 0, bottom: 100 };
/** Two right of two, one right of two, one wrong, four right: in the first, third, fourth and last bin. */
const bins = luha(
  {
    split: 'dev',
    n: 9,
    labels: [1, 1, 1, 1, 1, 1, 1, 1, 1],
    predictions: [[1, 1, 1, 0, 0, 1, 1, 1, 1]],
    uncertainties: [[0, 0.05, 0.2, 0.25, 0.3, 0.9, 0.95, 0.99, 1]],
  },
  0,
);

test('uncertainty runs from left to right', () => {
  expect([0, 0.25, 1].map((uncertainty) => unsureX(uncertainty, area))).toEqual([50, 75, 150]);
});

test('bins with texts have a step within its interval, the others none', () => {
  const at = Math.round;
  const marks = binMarks(bins, [0, 1], area).map(
    ({ x, y, width, top, bottom }) => `M${at(x - width / 2)},${at(y)}h${at(width)} M${at(x)},${at(top)}V${at(bottom)}`,
  );
  expect(marks).toMatchInlineSnapshot(`
    [
      "M50,0h10 M55,0V66",
      "M70,50h10 M75,9V91",
      "M80,100h10 M85,21V100",
      "M140,0h10 M145,0V49",
    ]
  `);
});

test('the range holds every interval of every exit, in whole steps, and accuracies stand within it', () => {
  expect(luhaRange([bins])).toEqual([0, 1]);
  const last = bins.slice(9);
  expect(last[0]!.interval![0]).toBeCloseTo(0.51, 2);
  expect(luhaRange([last])).toEqual([0.5, 1]);
  expect(luhaRange([last, bins])).toEqual([0, 1]);
  expect([0.5, 0.75, 1].map((accuracy) => accuracyY(accuracy, [0.5, 1], area))).toEqual([100, 50, 0]);
});

test('a line breaks where a bin is empty', () => {
  expect(luhaPath(bins, [0, 1], area)).toMatchInlineSnapshot(`"M55,0ZM75,50L85,100M145,0Z"`);
});

test('counts stand on the ground, as high as the fullest bin lets them', () => {
  const bars = countBars(bins, area);
  expect(bars.map(({ height }) => height)).toEqual([50, 0, 50, 25, 0, 0, 0, 0, 0, 100]);
  expect(bars.every(({ y, height }) => y + height === 100)).toBe(true);
  const crowd = countBars(bins.map((bin, i) => ({ ...bin, n: i === 0 ? 1 : 1000 })), area);
  expect(crowd[0]!.height).toBe(1);
});
