import { expect, test } from 'vitest';
import { chooseKernels } from './choose-kernels.js';
import { loneProduct } from './lone-product.js';
import { BUILDS } from './test-kernels.js';

test('of an activation beyond 7 bits each processor makes what it is known by', () => {
  const product = loneProduct(BUILDS.relaxed, new Float32Array(64), 64, new Int8Array(512));
  expect(product.dot(127, 127)).toBe(4 * 127 * 127);
  // x86 without VNNI, x86 with it, Arm.
  expect([2 * 32767, 4 * 127 * 255, 4 * 127 * -1]).toContain(product.dot(127, 255));
});

test('the engine sums where it needs one instruction for it', async () => {
  const { module, engineSum } = await chooseKernels();
  const product = loneProduct(module, new Float32Array(64), 64, new Int8Array(512));
  expect(engineSum).toBe(product.dot(127, 255) !== 2 * 32767);
});
