import { expect, test } from 'vitest';
import type { Outcome, Sample } from '../outcome.js';
import { byDepth, cellOpacity, cellX, depthGroups, exitLine, mapCells, mapHeight, meansOf, placeAt, placeY, strips } from './batch-strips.js';

const layers = 2;
/** Three columns of 10 pixels. */
const area = { left: 0, right: 30, top: 10, bottom: 50 };

/** A text by its uncertainties from exit 0 on, and where it left, if it has. */
function text(uncertainties: number[], exit?: number): { sample: Sample; outcome: Outcome } {
  const trajectory = uncertainties.map((uncertainty, i) => ({ exit: i, uncertainty, probabilities: [0.5, 0.5] }));
  return { sample: { text: '', trajectory }, outcome: { belief: exit === undefined ? undefined : trajectory[exit], right: undefined } };
}

const texts = [
  text([0.9, 0.75, 0.5], 2),
  text([0.25], 0),
  text([0.5, 0.25], 1),
  text([0.75]),
  text([0.125, 0.5, 0.25], 0),
];
const samples = texts.map(({ sample }) => sample);
const outcomes = texts.map(({ outcome }) => outcome);
const order = byDepth(outcomes);

test('texts come by depth, then by uncertainty where they left; those still reading last', () => {
  expect(order).toEqual([4, 1, 2, 0, 3]);
  expect(byDepth([])).toEqual([]);
  expect(byDepth([{ belief: undefined, right: undefined }, { belief: undefined, right: undefined }])).toEqual([0, 1]);
  // Uncertainty 1 at one exit is still before 0 at the next.
  expect(byDepth([text([1, 0], 1).outcome, text([1], 0).outcome])).toEqual([1, 0]);
});

test('strips are whole pixels: thick for a few texts, one pixel and shared for very many', () => {
  expect(strips(2, 10)).toEqual([
    { from: 0, to: 1, y: 10, height: 14 },
    { from: 1, to: 2, y: 24, height: 14 },
  ]);
  expect([0, 1, 100, 200, 360, 361, 10_000].map(mapHeight)).toEqual([0, 14, 300, 200, 360, 360, 360]);
  const shared = strips(10_000, 0);
  expect(shared.every(({ from, to }) => to > from)).toBe(true);
  expect(shared.every(({ to }, row) => to === (shared[row + 1]?.from ?? 10_000))).toBe(true);
});

test('a cell a strip and layer, and beyond the exit told apart', () => {
  const cells = mapCells(samples, outcomes, order, strips(5, 0), layers);
  const drawn = cells.map(({ exit, y, uncertainty, beyond }) => `${y}: ${exit} ${uncertainty}${beyond ? ' beyond' : ''}`);
  expect(drawn).toMatchInlineSnapshot(`
    [
      "0: 0 0.125",
      "0: 1 0.5 beyond",
      "0: 2 0.25 beyond",
      "14: 0 0.25",
      "28: 0 0.5",
      "28: 1 0.25",
      "42: 0 0.9",
      "42: 1 0.75",
      "42: 2 0.5",
      "56: 0 0.75",
    ]
  `);
});

test('a strip of several texts shows the mean of those that needed the layer, or else of those beyond', () => {
  const shared = [{ from: 0, to: 3, y: 0, height: 1 }];
  expect(mapCells(samples, outcomes, order, shared, layers)).toEqual([
    { exit: 0, y: 0, height: 1, uncertainty: (0.125 + 0.25 + 0.5) / 3, beyond: false },
    { exit: 1, y: 0, height: 1, uncertainty: 0.25, beyond: false },
    { exit: 2, y: 0, height: 1, uncertainty: 0.25, beyond: true },
  ]);
});

test('cells stand in whole pixels, a pixel apart, and beyond the exit they are faint', () => {
  expect([0, 1, 2].map((exit) => cellX(exit, { ...area, right: 32 }, layers))).toEqual([
    { x: 0, width: 10 },
    { x: 11, width: 9 },
    { x: 21, width: 10 },
  ]);
  expect(cellOpacity({ uncertainty: 1, beyond: false })).toBe(1);
  expect(cellOpacity({ uncertainty: 0, beyond: false })).toBeGreaterThan(0);
  expect(cellOpacity({ uncertainty: 1, beyond: true })).toBeLessThan(0.5);
});

test('groups are the texts of one exit, and the line runs down the right of them', () => {
  const groups = depthGroups(outcomes, order);
  expect(groups).toEqual([
    { exit: 0, from: 0, to: 2 },
    { exit: 1, from: 2, to: 3 },
    { exit: 2, from: 3, to: 4 },
    { exit: undefined, from: 4, to: 5 },
  ]);
  expect(exitLine(groups, 5, area, layers)).toMatchInlineSnapshot(`"M9,10V26H19V34H29V42"`);
  expect(exitLine(groups.slice(3), 5, area, layers)).toBe('');
});

test('a mean is of all that was recorded, or of what counts', () => {
  expect(meansOf(samples, [4, 1], layers)).toEqual([0.1875, 0.5, 0.25]);
  expect(meansOf(samples, [3], layers)).toEqual([0.75, undefined, undefined]);
  expect(meansOf(samples, [4, 1], layers, (index, exit) => index === 4 && exit > 0)).toEqual([undefined, 0.5, 0.25]);
});

test('a height means a text, and a text a height', () => {
  expect([0, 10, 17.9, 18, 49, 500].map((y) => placeAt(y, 5, area))).toEqual([0, 0, 0, 1, 4, 4]);
  expect([0, 5].map((place) => placeY(place, 5, area))).toEqual([10, 50]);
});
