import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { atThresholds, type Calibration } from './calibration.js';
import { uniform, type Thresholds } from './gate.js';
import { schedule, type Costs } from './schedule.js';

const shipped = JSON.parse(
  readFileSync(new URL('../../public/models/sst2/calibration.json', import.meta.url), 'utf8'),
) as Calibration;
const speed = uniform(0.5, 6);

/** Milliseconds of the dev set, text by text. */
function time(calibration: Calibration, thresholds: Thresholds, { layer, gate }: Costs): number {
  let sum = 0;
  for (let text = 0; text < calibration.n; text++) {
    let exit = 0;
    for (; exit < thresholds.length; exit++) {
      if (thresholds[exit] === 0) continue;
      sum += gate;
      if (calibration.uncertainties[exit]![text]! < thresholds[exit]!) break;
    }
    sum += exit * layer + (exit === thresholds.length ? gate : 0);
  }
  return sum;
}

/** Every set of gates, the slow way. */
function every(thresholds: Thresholds): Thresholds[] {
  return Array.from({ length: 2 ** thresholds.length }, (_, set) => thresholds.map((t, i) => (set & (1 << i) ? t : 0)));
}

test.each([0.1, 1, 5, 50])('at %f layers a gate, no other set of gates is faster and as right', (gate) => {
  const costs = { layer: 1, gate };
  const found = schedule(speed, shipped, costs);
  const { accuracy } = atThresholds(shipped, speed);
  const least = Math.min(
    ...every(speed)
      .filter((thresholds) => atThresholds(shipped, thresholds).accuracy >= accuracy)
      .map((thresholds) => time(shipped, thresholds, costs)),
  );
  expect(time(shipped, found, costs)).toBeCloseTo(least, 6);
  expect(atThresholds(shipped, found).accuracy).toBeGreaterThanOrEqual(accuracy);
});

test('gates that cost nothing stay where they help; dear ones go, and the last exit answers alone', () => {
  const gates = (gate: number): number => schedule(speed, shipped, { layer: 1, gate }).filter((t) => t > 0).length;
  expect(gates(0)).toBeGreaterThan(3);
  expect(gates(3)).toBeLessThan(gates(0));
  expect(gates(1000)).toBe(0);
});

test('closed gates stay closed, also where the model has no exit', () => {
  const bare = { ...shipped, uncertainties: shipped.uncertainties.map((u, i) => (i === 1 ? null : u)) };
  const found = schedule([0, 0.5, 0.5, 0.5, 0.5, 0.5], bare, { layer: 1, gate: 0 });
  expect(found.slice(0, 2)).toEqual([0, 0]);
});

test('a model with more exits than can be tried one and all', () => {
  const layers = 20;
  const n = 50;
  const deep: Calibration = {
    split: 'dev',
    n,
    labels: Array<number>(n).fill(1),
    predictions: Array.from({ length: layers + 1 }, () => Array<number>(n).fill(1)),
    uncertainties: Array.from({ length: layers + 1 }, (_, exit) => Array.from({ length: n }, (__, text) => (text / n) * 0.9 ** exit)),
  };
  const all = uniform(0.3, layers);
  const costs = { layer: 1, gate: 2 };
  const found = schedule(all, deep, costs);
  expect(time(deep, found, costs)).toBeLessThan(time(deep, all, costs));
});
