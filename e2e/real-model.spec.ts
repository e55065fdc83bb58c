/** The model that ships, as a newcomer meets it, and on the GPU. */

import { expect, REAL, test } from './fixtures.js';
import { countGpu } from '../bench/count-gpu.js';
import { SENTENCES } from './texts.js';

test('the page as it ships: a sentence is read and answered', async ({ page }) => {
  await page.goto('./');
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A gripping, funny film.');
  await expect(verdict).toContainText('positive', { timeout: 90_000 });
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Two hours I will never get back.');
  await expect(verdict).toContainText('negative');
});

test('WebGPU: the same verdicts as WASM, and only logits come back', async ({ harness, page }) => {
  await harness.load(REAL, { device: 'wasm' });
  const wasm = await harness.trace(SENTENCES, { mode: 'explore' });
  await page.evaluate(() => fastbert.classify!.dispose());
  const info = await harness.load(REAL, { device: 'webgpu' });
  expect(info.layers).toBe(6);
  const counts = await countGpu(page);
  const webgpu = await harness.trace(SENTENCES, { mode: 'explore' });
  wasm.forEach((verdict, i) => {
    expect(webgpu[i]!.trajectory).toHaveLength(7);
    const differ = Math.abs(verdict.trajectory[6]!.probabilities[0]! - webgpu[i]!.trajectory[6]!.probabilities[0]!);
    expect(differ).toBeLessThan(0.25);
    if (verdict.trajectory[6]!.uncertainty < 0.5) expect(webgpu[i]!.label).toBe(verdict.label);
  });

  const batch = await counts();
  // Seven gates of one batch: one readback each, of two floats a text (ORT's buffers round up).
  expect(batch.maps).toBe(7);
  expect(batch.mappedBytes).toBeLessThanOrEqual(7 * 16 * Math.ceil((SENTENCES.length * 8) / 16));

  await harness.trace([SENTENCES[0]!], { speed: 0 });
  const full = await counts();
  expect(full.maps).toBe(1);
  const exploredOne = await harness.trace([SENTENCES[0]!], { mode: 'explore' });
  expect(exploredOne).toHaveLength(1);
  const gated = await counts();
  // The masks take two dispatches, the last exit is in both, six exits make the difference.
  const gate = (gated.dispatches - full.dispatches) / 6;
  const layer = (full.dispatches - 2 - gate) / 6;
  expect(layer).toBeLessThanOrEqual(11);
  expect(gate).toBeLessThanOrEqual(12);
});
