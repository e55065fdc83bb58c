import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Calibration } from '../../src/core/calibration.js';
import { uniform } from '../../src/core/gate.js';
import { GpuGates, layerTime } from './gates.js';
import type { GpuBatch } from './gpu-batch.js';

const calibration = JSON.parse(
  readFileSync(new URL('../../public/models/sst2/calibration.json', import.meta.url), 'utf8'),
) as Calibration;
const asked = uniform(0.5, 6);
const batch = (texts: number, tokens: number): GpuBatch => ({ rows: Array.from({ length: texts }, (_, index) => ({ index, tokens })), tokens }) as unknown as GpuBatch;

test('a layer takes longer on more tokens, as far as it was measured to', () => {
  const times = { layer: { one: 1, batch: 4.1 }, gate: 2 };
  expect(layerTime(times, 32)).toBe(1);
  expect(layerTime(times, 1024)).toBeCloseTo(4.1);
  expect(layerTime(times, 528)).toBeCloseTo(2.55);
  expect(layerTime({ ...times, layer: { one: 1, batch: 0.9 } }, 1024)).toBe(1);
});

test('gates close where asking costs more than running on, and then for small batches only', () => {
  const gates = new GpuGates({ layer: { one: 1, batch: 30 }, gate: 20 }, calibration);
  const alone = gates.open(asked, batch(1, 32));
  expect(alone.filter((threshold) => threshold > 0).length).toBeLessThan(3);
  expect(gates.open(asked, batch(32, 32))).toBe(asked);
  expect(gates.open(asked, batch(1, 32))).toBe(alone);
  expect(new GpuGates({ layer: { one: 1, batch: 30 }, gate: 0.9 }, calibration).open(asked, batch(1, 32))).toBe(asked);
});

test('the next layer starts early where most texts stay, and there is something to wait for', () => {
  const dear = new GpuGates({ layer: { one: 1, batch: 30 }, gate: 1 }, calibration);
  // At 0.5, of those of dev that come to layer 1, 16 % leave there, and of those that come to layer 2, 52 %.
  const ahead = (gates: GpuGates, speed: number): boolean[] => [1, 2].map((exit) => gates.looksAhead(uniform(speed, 6), exit, batch(1, 32)));
  expect(ahead(dear, 0.5)).toEqual([true, false]);
  expect(ahead(dear, 0.3)).toEqual([true, true]);
  expect(ahead(dear, 0.9)).toEqual([false, false]);
  expect(ahead(new GpuGates({ layer: { one: 1, batch: 30 }, gate: 0.1 }, calibration), 0.5)).toEqual([false, false]);
  expect(dear.looksAhead(uniform(0.5, 6), 1, batch(2, 32))).toBe(false);
  const windows = { rows: [{ index: 0, tokens: 32 }, { index: 0, tokens: 20 }], tokens: 32 } as unknown as GpuBatch;
  expect(dear.looksAhead(uniform(0.5, 6), 1, windows)).toBe(true);
  expect(dear.looksAhead(uniform(0.5, 6), 6, batch(1, 32))).toBe(false);
});
