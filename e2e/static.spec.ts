/** A model with one exit and pruned heads and neurons: what Python said of its texts, browsers say too. */

import { readFileSync } from 'node:fs';
import type { Calibration } from '../src/core/index.js';
import type { Device } from '../src/index.js';
import { expect, test } from './fixtures.js';

const PRUNED = '/test-models/pruned/';
const TEXTS = ['good film', 'the old film', 'an old and good film', 'bad'];
const expected = JSON.parse(
  readFileSync(new URL('models/pruned/calibration.json', import.meta.url), 'utf8'),
) as Calibration;

for (const device of ['wasm', 'webgpu'] satisfies Device[]) {
  test(`${device}: a static, pruned model answers at its last layer, as Python does`, async ({ harness }) => {
    const info = await harness.load(PRUNED, { device, speed: 1 });
    expect(info).toMatchObject({ device, layers: 2 });
    const verdicts = await harness.trace(TEXTS);
    verdicts.forEach((verdict, i) => {
      expect(verdict).toMatchObject({ exit: 2, depth: 2, label: info.labels[expected.predictions[2]![i]!] });
      expect(verdict.trajectory).toHaveLength(1);
      // WASM multiplies integers, as Python did for the calibration; WebGPU floats.
      expect(Math.abs(verdict.uncertainty - expected.uncertainties[2]![i]!)).toBeLessThan(device === 'wasm' ? 1e-4 : 0.02);
    });
  });
}
