/** A classifier as transformers saves it, adopted: what Python said of its texts at every exit, browsers say too. */

import { readFileSync } from 'node:fs';
import type { Calibration } from '../src/core/index.js';
import type { Device } from '../src/index.js';
import { expect, test } from './fixtures.js';

const ADOPTED = '/test-models/adopted/';
/** As in training/tests/adopted_fixture.py. */
const TEXTS = ['A gripping, funny film.', 'Two hours of my life, gone.', 'The plot is thin, the jokes are old', 'Short.', ''];
const expected = JSON.parse(
  readFileSync(new URL('models/adopted/calibration.json', import.meta.url), 'utf8'),
) as Calibration;

for (const device of ['wasm', 'webgpu'] satisfies Device[]) {
  test(`${device}: narrow embeddings, GELU by tanh and the model's own head`, async ({ harness }) => {
    const info = await harness.load(ADOPTED, { device });
    expect(info).toMatchObject({ device, layers: 2, gold: 'model', labels: ['LABEL_0', 'LABEL_1', 'LABEL_2'] });
    const verdicts = await harness.trace(TEXTS, { mode: 'explore' });
    verdicts.forEach(({ trajectory }, i) => {
      expect(trajectory).toHaveLength(3);
      for (const [exit, belief] of trajectory.entries()) {
        // WASM multiplies integers, as Python did for the calibration; WebGPU floats.
        expect(Math.abs(belief.uncertainty - expected.uncertainties[exit]![i]!), `text ${i}, exit ${exit}`).toBeLessThan(device === 'wasm' ? 1e-3 : 0.05);
      }
      expect(info.labels.indexOf(verdicts[i]!.label)).toBe(expected.predictions[2]![i]!);
    });
  });
}
