/** Where reading back is slow, as in Firefox: fewer gates are asked, and layers do not wait for their answers. */

import type { Page } from '@playwright/test';
import { replay, uniform } from '../src/core/index.js';
import { beforeWorker } from './faults.js';
import { expect, FIXTURE, test } from './fixtures.js';
import { mixedTexts } from './texts.js';

/** Every readback in the worker takes so much longer. */
const DELAY_MS = 100;
const SPEED = 0.5;
const TEXT = 'A gripping, funny film.';

/** Slows the worker's readbacks, and has it list its dispatches (d) and answers (m) as `order`. */
async function slowReadback(page: Page): Promise<void> {
  await beforeWorker(
    page,
    `
      self.order = [];
      const { mapAsync } = GPUBuffer.prototype;
      GPUBuffer.prototype.mapAsync = async function (...args) {
        await new Promise((done) => setTimeout(done, ${DELAY_MS}));
        await mapAsync.apply(this, args);
        self.order.push('m');
      };
      const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
      GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...args) {
        self.order.push('d');
        return dispatchWorkgroups.apply(this, args);
      };
    `,
  );
}

test('gates that are not worth their readback are closed', async ({ harness, page }) => {
  await slowReadback(page);
  await harness.load(FIXTURE, { device: 'webgpu' });
  const [alone] = await harness.trace([TEXT], { speed: SPEED });
  expect(alone!.trajectory.length).toBeLessThan(3);
  const verdicts = await harness.trace(mixedTexts(12), { speed: SPEED });
  for (const { trajectory, exit } of verdicts) {
    expect(replay(trajectory, uniform(SPEED, 3))!.exit).toBe(exit);
  }
  // Exploring asks them all, whatever it costs.
  const [explored] = await harness.trace([TEXT], { speed: SPEED, mode: 'explore' });
  expect(explored!.trajectory).toHaveLength(4);
});

test('the next layer starts while a gate is awaited; the answer is the same', async ({ harness, page }) => {
  await slowReadback(page);
  await harness.load(FIXTURE, { device: 'webgpu' });
  const [before] = await harness.trace([TEXT], { speed: 0 });
  const worker = page.workers().find((candidate) => candidate.url().includes('classifier.worker'))!;
  await worker.evaluate(() => void ((globalThis as unknown as { order: string[] }).order = []));
  const [explored] = await harness.trace([TEXT], { mode: 'explore' });
  const order = await worker.evaluate(() => (globalThis as unknown as { order: string[] }).order.join(''));
  // Before the first answer: a mask, two of the gate, and a layer's.
  expect(order.indexOf('m')).toBeGreaterThan(3 + 5);
  expect(order.match(/m/g)).toHaveLength(4);
  expect(explored!.trajectory.at(-1)!.probabilities).toEqual(before!.trajectory.at(-1)!.probabilities);
});
