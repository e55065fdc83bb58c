import { expect, test } from 'vitest';
import { checkWorkgroup } from './workgroup.js';

test('what a workgroup has no room for is a DeviceError that says what to do', () => {
  const gpu = { limits: { maxComputeWorkgroupStorageSize: 16384 } } as GPUDevice;
  checkWorkgroup(gpu, 16384, 'exits');
  expect(() => checkWorkgroup(gpu, 16388, 'exits')).toThrow(
    expect.objectContaining({ name: 'DeviceError', message: expect.stringMatching(/exits would take 16388 bytes .* gives 16384\. .*'wasm'/) }),
  );
});
