import { expect, test } from 'vitest';
import { atSpeed } from '../core/index.js';
import { devSetTally } from './dev-set.js';

const calibration = {
  split: 'dev',
  n: 4,
  labels: [0, 1, 1, 0],
  predictions: [
    [0, 0, 1, 1],
    [0, 1, 1, 1],
    [0, 1, 0, 0],
  ],
  uncertainties: [
    [0.1, 0.9, 0.5, 0.6],
    [0.1, 0.2, 0.4, 0.5],
    [0.1, 0.1, 0.3, 0.2],
  ],
};

test.each([0, 0.3, 0.5, 0.55, 1])('at speed %f it agrees with the curve of the core', (speed) => {
  const counted = devSetTally(calibration, speed);
  const point = atSpeed(calibration, speed);
  expect(counted.exits.map(({ right, wrong }) => right + wrong)).toEqual(point.exits);
  expect(counted.right / counted.n).toBe(point.accuracy);
  expect(counted.meanDepth).toBe(point.meanDepth);
});

test('right and wrong are told apart at each exit', () => {
  expect(devSetTally(calibration, 0.55).exits).toEqual([
    { right: 2, wrong: 0, unlabelled: 0 },
    { right: 1, wrong: 1, unlabelled: 0 },
    { right: 0, wrong: 0, unlabelled: 0 },
  ]);
});
