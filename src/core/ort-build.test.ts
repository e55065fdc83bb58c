import { expect, test } from 'vitest';
import { ortBuild } from './ort-build.js';

test.each([
  ['wasm', { Suspending: {} }, 'wasm'],
  ['webgpu', { Suspending: {} }, 'jspi'],
  ['webgpu', {}, 'asyncify'],
] as const)('%s takes the build that this browser can run', (device, webAssembly, build) => {
  expect(ortBuild(device, webAssembly)).toBe(build);
});
