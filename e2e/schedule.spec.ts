/** Gates where reading back is slow, as in Firefox: fewer are asked. */

import { replay, uniform } from '../src/core/index.js';
import { expect, FIXTURE, test } from './fixtures.js';
import { mixedTexts } from './texts.js';

/** Every readback in the worker takes so much longer. */
const DELAY_MS = 100;
const SPEED = 0.5;

test('a readback of 100 ms closes the gates that it is not worth', async ({ harness, page }) => {
  await page.route('**/classifier.worker*.js', async (route) => {
    const response = await route.fetch();
    const slow =
      `const map = GPUBuffer.prototype.mapAsync; GPUBuffer.prototype.mapAsync = async function (...args) {` +
      ` await new Promise((done) => setTimeout(done, ${DELAY_MS})); return map.apply(this, args); };\n`;
    await route.fulfill({ response, body: slow + (await response.text()) });
  });
  await harness.load(FIXTURE, { device: 'webgpu' });
  const [alone] = await harness.trace(['A gripping, funny film.'], { speed: SPEED });
  expect(alone!.trajectory.length).toBeLessThan(3);
  const verdicts = await harness.trace(mixedTexts(12), { speed: SPEED });
  for (const { trajectory, exit } of verdicts) {
    expect(replay(trajectory, uniform(SPEED, 3))!.exit).toBe(exit);
  }
  // Exploring asks them all, whatever it costs.
  const [explored] = await harness.trace(['A gripping, funny film.'], { speed: SPEED, mode: 'explore' });
  expect(explored!.trajectory).toHaveLength(4);
});
