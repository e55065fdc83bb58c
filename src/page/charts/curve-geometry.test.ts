import { expect, test } from 'vitest';
import { accuracyRange, accuracyTicks, curve, curvePaths, curvePlace, earlyPath, pointAt, rivalMarks } from './curve-geometry.js';

const calibration = {
  split: 'dev',
  n: 2,
  labels: [0, 1],
  predictions: [
    [0, 0],
    [0, 1],
  ],
  uncertainties: [
    [0.2, 0.8],
    [0.1, 0.3],
  ],
};
const points = curve(calibration);
const area = { left: 0, right: 100, top: 0, bottom: 100 };
const place = curvePlace(area, 1, [0, 1]);

test('the curve has a point for every setting of the slider', () => {
  expect(points).toHaveLength(101);
  expect(points[0]).toMatchObject({ speed: 0, accuracy: 1, meanDepth: 1 });
  expect(points[100]).toMatchObject({ speed: 1, accuracy: 0.5, meanDepth: 0 });
});

test('the range holds every interval and all that is beside, in whole steps', () => {
  const between = (low: number, high: number) => [{ ...points[0]!, interval: [low, high] as [number, number] }];
  expect(accuracyRange(between(0.85, 0.9), [])).toEqual([0.85, 0.9]);
  expect(accuracyRange(between(0.849, 0.901), [])).toEqual([0.8, 0.95]);
  expect(accuracyRange(between(0.97, 1), [])).toEqual([0.95, 1]);
  expect(accuracyRange(between(0.97, 1), [0.94, 0.99])).toEqual([0.9, 1]);
});

test('ticks come every five points, or every ten where they would crowd', () => {
  expect(accuracyTicks([0.8, 0.95])).toEqual([0.8, 0.85, 0.9, 0.95]);
  expect(accuracyTicks([0.45, 1])).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
});

test('line and band run through the points', () => {
  const [first] = points;
  const { line, band } = curvePaths([first!], place);
  expect(line).toBe('M100,0Z');
  expect(band).toContain('M100,');
  expect([place.x(0), place.x(1), place.y(0.25)]).toEqual([0, 100, 75]);
});

test('a place on the curve means the slowest speed with that depth', () => {
  expect(pointAt(points, 51, place).speed).toBe(0.21);
  expect(pointAt(points, 1000, place).speed).toBe(0);
});

test('static models stand where their work and accuracy put them, their names apart', () => {
  const model = (system: string, layers: number, accuracy: number) => ({
    system,
    variant: '3 layers',
    layers,
    accuracy,
    interval: [0, 1] as [number, number],
  });
  const marks = rivalMarks(
    [model('truncate', 0.25, 0.5), model('distilbert', 0.25, 0.51), model('truncate', 1, 0.25)],
    place,
    100,
  );
  expect(marks).toEqual([
    { name: 'DistilBERT', x: 25, y: 49, label: { x: 34, y: 49 } },
    { name: '3 layers', x: 25, y: 50, label: { x: 34, y: 63 } },
    // No room on its right.
    { name: '3 layers', x: 100, y: 75, label: { x: 39, y: 77 } },
  ]);
});

test('early exit of the same rows is a line through its speeds', () => {
  const early = [
    { speed: 0, layers: 1, accuracy: 0.75 },
    { speed: 1, layers: 0, accuracy: 0.5 },
  ];
  expect(earlyPath(early, place)).toBe('M100,25L0,50');
});
