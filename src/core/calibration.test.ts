import { expect, test } from 'vitest';
import { atSpeed, parseCalibration, wilson, type Calibration } from './calibration.js';

/** Four texts, three exits. */
const calibration: Calibration = {
  split: 'dev',
  n: 4,
  labels: [0, 1, 1, 0],
  predictions: [
    [0, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 1, 1, 1],
  ],
  uncertainties: [
    [0.1, 0.8, 0.6, 0.5],
    [0.1, 0.2, 0.5, 0.4],
    [0.1, 0.1, 0.1, 0.9],
  ],
};

test('at speed 0 all texts run to the end', () => {
  const point = atSpeed(calibration, 0);
  expect(point).toMatchObject({ accuracy: 0.75, meanDepth: 2, exits: [0, 0, 4] });
});

test('texts leave at the first exit strictly under the threshold', () => {
  const point = atSpeed(calibration, 0.5);
  expect(point.exits).toEqual([1, 2, 1]);
  expect(point.meanDepth).toBe(1);
  expect(point.accuracy).toBe(1);
});

test("Wilson's interval: a known value, and bounds that stay in [0, 1]", () => {
  const [low, high] = wilson(8, 10);
  expect(low).toBeCloseTo(0.4901625, 5);
  expect(high).toBeCloseTo(0.9433178, 5);
  expect(wilson(0, 10)[0]).toBe(0);
  expect(wilson(10, 10)[1]).toBeCloseTo(1, 12);
  expect(wilson(0, 0)).toEqual([0, 1]);
});

test('a table of another shape is refused', () => {
  const exits = [{}, {}, {}];
  expect(parseCalibration(calibration, exits)).toBe(calibration);
  expect(() => parseCalibration(calibration, [...exits, {}])).toThrow(/calibration\.json/);
  expect(() => parseCalibration(calibration, [null, {}, {}])).toThrow(/calibration\.json/);
  expect(() => parseCalibration({ ...calibration, labels: [0] }, exits)).toThrow(/calibration\.json/);
  expect(() => parseCalibration(null, exits)).toThrow(/calibration\.json/);
});

test('no text leaves where there is no exit', () => {
  const last = <T>(rows: (T | null)[]): (T | null)[] => [null, null, rows.at(-1)!];
  const one = {
    ...calibration,
    predictions: last(calibration.predictions),
    uncertainties: last(calibration.uncertainties),
  };
  expect(parseCalibration(one, [null, null, {}])).toBe(one);
  expect(atSpeed(one, 1).exits).toEqual([0, 0, calibration.n]);
  expect(atSpeed(one, 1).meanDepth).toBe(2);
});
