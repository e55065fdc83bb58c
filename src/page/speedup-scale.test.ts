import { expect, test } from 'vitest';
import { atSpeed, type Calibration } from '../core/index.js';
import { speedupScale } from './speedup-scale.js';

const [sst2] = Object.values(import.meta.glob<Calibration>('../../public/models/sst2/calibration.json', { eager: true })) as [Calibration];

test('at each tick the dev set takes that many times fewer layers, and no more just before', () => {
  const ticks = speedupScale(sst2);
  expect(ticks.length).toBeGreaterThan(4);
  for (const { speedup, speed } of ticks) {
    expect(6 / atSpeed(sst2, speed).meanDepth).toBeGreaterThanOrEqual(speedup);
    expect(6 / atSpeed(sst2, speed - 0.01).meanDepth).toBeLessThan(speedup);
  }
});

test('ticks go up and keep apart', () => {
  const speeds = speedupScale(sst2).map(({ speed }) => speed);
  for (let i = 1; i < speeds.length; i++) expect(speeds[i]! - speeds[i - 1]!).toBeGreaterThanOrEqual(0.07 - 1e-9);
});

test('a model with one exit is never faster', () => {
  const one: Calibration = { split: 'dev', n: 1, labels: [0], predictions: [null, null, [0]], uncertainties: [null, null, [0.1]] };
  expect(speedupScale(one)).toEqual([]);
});
