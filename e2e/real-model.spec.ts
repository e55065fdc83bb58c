/** The model that ships, as a newcomer meets it, and on the GPU. */

import { expect, REAL, test } from './fixtures.js';
import { distance, TOLERANCE } from '../src/core/agreement.js';
import { countGpu } from '../bench/count-gpu.js';
import { gpuCost } from '../bench/gpu-cost.js';
import { SENTENCES } from './texts.js';

test('the page as it ships: a sentence is read and answered', async ({ page }) => {
  await page.goto('./');
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A gripping, funny film.');
  await expect(verdict).toContainText('positive', { timeout: 90_000 });
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Two hours I will never get back.');
  await expect(verdict).toContainText('negative');
});

test('the page says what could not be read, and of nothing else it is unsure', async ({ page }) => {
  await page.goto('./');
  const verdict = page.getByRole('region', { name: 'Verdict' });
  const text = page.getByRole('textbox', { name: 'Text', exact: true });
  await text.fill('Awful😡');
  await expect(verdict).toContainText('negative', { timeout: 90_000 });
  await expect(verdict).toContainText('not read: 1 token.');
  await text.fill('😍😍😍');
  await expect(verdict).toContainText('unsure');
  await expect(verdict).toContainText('The model can read nothing of this text.');
});

test('WebGPU: the same verdicts as WASM, and only logits come back', async ({ harness, page }) => {
  test.setTimeout(300_000); // a software GPU takes half a second a layer
  await harness.load(REAL, { device: 'wasm' });
  const wasm = await harness.trace(SENTENCES, { mode: 'explore' });
  await page.evaluate(() => fastbert.classify!.dispose());
  const info = await harness.load(REAL, { device: 'webgpu' });
  expect(info.layers).toBe(6);
  const counts = await countGpu(page);
  const webgpu = await harness.trace(SENTENCES, { mode: 'explore' });
  wasm.forEach((verdict, i) => {
    expect(webgpu[i]!.trajectory).toHaveLength(7);
    expect(distance(verdict.trajectory, webgpu[i]!.trajectory)).toBeLessThan(TOLERANCE);
    if (verdict.trajectory[6]!.uncertainty < 0.5) expect(webgpu[i]!.label).toBe(verdict.label);
  });

  const batch = await counts();
  // Seven gates of one batch: one readback each, of two floats a text, and nothing else.
  expect(batch.maps).toBe(7);
  expect(batch.mappedBytes).toBe(7 * SENTENCES.length * 2 * 4);

  const cost = await gpuCost(page, SENTENCES[0]!, info.layers, 2);
  expect(cost.dispatchesPerLayer).toBeLessThanOrEqual(11);
  expect(cost.dispatchesPerGate).toBeLessThanOrEqual(2);
  expect(cost.readbackBytesPerRow).toBe(8);
  expect(cost.hiddenReadbackBytes).toBe(0);
  expect(cost.ownBuffersPerText).toBe(0);
});
