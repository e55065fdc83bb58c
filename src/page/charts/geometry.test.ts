import { expect, test } from 'vitest';
import { exitColumns } from './exit-bars.js';
import { placesLeft } from './places-left.js';
import { areaOf, columnWidth, depthX, exitAt, fitsColumn, shareAt, shareY } from './plane.js';
import { bundle, lineOpacity, nearest, rememberedPaths, trajectoryPaths } from './trajectory-paths.js';

/** 100 wide and 100 high, from (10, 0). */
const area = areaOf(120, 110, { left: 10, right: 10, top: 0, bottom: 10 });
const belief = (exit: number, uncertainty: number) => ({ exit, uncertainty, probabilities: [0.5, 0.5] });

test('exits stand in the middle of equal columns', () => {
  expect(columnWidth(area, 4)).toBe(20);
  expect([0, 4, 1.5].map((depth) => depthX(depth, area, 4))).toEqual([20, 100, 50]);
  expect([-5, 10, 29.9, 30, 109, 500].map((x) => exitAt(x, area, 4))).toEqual([0, 0, 0, 1, 4, 4]);
});

test('two letters have room in five columns of twenty pixels, and not in twelve', () => {
  expect([2, 3].map((letters) => fitsColumn(letters, area, 4))).toEqual([true, false]);
  expect(fitsColumn(2, area, 12)).toBe(false);
});

test('uncertainty 0 lies at the bottom, 1 at the top, and a height says its share again', () => {
  expect([0, 0.25, 1].map((share) => shareY(share, area))).toEqual([100, 75, 0]);
  expect(shareAt(shareY(0.37, area), area)).toBeCloseTo(0.37);
});

test('a plane too narrow to draw on is still one', () => {
  const narrow = areaOf(5, 50, { left: 10, right: 10, top: 0, bottom: 0 });
  expect(columnWidth(narrow, 4)).toBeGreaterThan(0);
});

test('a trajectory is drawn to its exit, and on from there only where more was computed', () => {
  const trajectory = [belief(0, 1), belief(1, 0.5), belief(2, 0.25)];
  expect(trajectoryPaths(trajectory, trajectory[1], area, 4)).toEqual({
    taken: 'M20,0L40,50',
    beyond: 'M40,50L60,75',
  });
  expect(trajectoryPaths(trajectory, trajectory[2], area, 4).beyond).toBe('');
  expect(trajectoryPaths(trajectory, undefined, area, 4).taken).toBe('M20,0L40,50L60,75');
  expect(trajectoryPaths([], undefined, area, 4)).toEqual({ taken: '', beyond: '' });
});

test('remembered paths are those of each text and exit', () => {
  const trajectories = [[belief(0, 1), belief(1, 0.5)], [belief(0, 0), belief(1, 0.25)]];
  const pathsOf = rememberedPaths(trajectories, area, 4);
  for (const text of [0, 1, 0, 1]) {
    for (const left of [undefined, ...trajectories[text]!]) {
      expect(pathsOf(text, left)).toEqual(trajectoryPaths(trajectories[text]!, left, area, 4));
    }
  }
  expect(pathsOf(1, undefined)).toBe(pathsOf(1, undefined));
});

test('where texts left, by whether they are right; one that has not left is nowhere', () => {
  const outcomes = [
    { belief: belief(0, 1), right: true },
    { belief: belief(1, 0.5), right: false },
    { belief: belief(2, 0), right: undefined },
    { belief: undefined, right: undefined },
  ];
  expect(placesLeft(outcomes, area, 4)).toEqual({ right: [[20, 0]], wrong: [[40, 50]], unlabelled: [[60, 100]] });
});

test('a bundle is a path a text, and many are fainter than few', () => {
  expect(bundle([[belief(0, 1), belief(1, 0)], [], [belief(0, 0), belief(1, 1)]], area, 4)).toEqual([
    'M20,0L40,100',
    '',
    'M20,100L40,0',
  ]);
  expect([301, 1000, 10_000].map(lineOpacity)).toEqual([0.35, 0.12, 0.03]);
});

test('the pointer finds the closest line of its column, within reach', () => {
  const lines = [[belief(0, 1), belief(1, 0.9)], [belief(0, 0.5), belief(1, 0.1)], [belief(0, 0.2)]];
  expect(nearest(lines, { x: 22, y: 55 }, area, 4)).toEqual({ sample: 1, layer: 0 });
  expect(nearest(lines, { x: 41, y: 12 }, area, 4)).toEqual({ sample: 0, layer: 1 });
  expect(nearest(lines, { x: 41, y: 50 }, area, 4)).toBeUndefined();
  expect(nearest([lines[0]!], { x: 41, y: 99 }, area, 4)).toEqual({ sample: 0, layer: 1 });
});

test('bars stack right below wrong, to the height of the fullest exit', () => {
  const columns = exitColumns(
    [
      { right: 1, wrong: 1, unlabelled: 0 },
      { right: 3, wrong: 1, unlabelled: 0 },
      { right: 0, wrong: 0, unlabelled: 0 },
    ],
    area,
  );
  expect(columns.map(({ total, top }) => [total, top])).toEqual([
    [2, 50],
    [4, 0],
    [0, 100],
  ]);
  expect(columns[1]!.bars.map(({ kind, y, height }) => [kind, y, height])).toEqual([
    ['right', 25, 75],
    ['wrong', 0, 25],
  ]);
  expect(columns[1]!.x).toBe(depthX(1, area, 2));
  expect(columns[2]!.bars).toEqual([]);
});

test('without any text the histogram is flat, not NaN', () => {
  expect(exitColumns([{ right: 0, wrong: 0, unlabelled: 0 }], area)[0]).toMatchObject({ total: 0, top: 100 });
});
