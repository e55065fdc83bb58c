import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ORT_BYTES, ORT_FILES, ortBuild } from './ort-build.js';

test('the build is one that this browser can run', () => {
  expect(ortBuild({ Suspending: {} })).toBe('jspi');
  expect(ortBuild({})).toBe('asyncify');
});

test.each(['jspi', 'asyncify'] as const)('%s is as large as it is said to be', (build) => {
  const file = new URL(`../../node_modules/onnxruntime-web/dist/${ORT_FILES[build]}.wasm`, import.meta.url);
  expect(statSync(file).size).toBe(ORT_BYTES[build]);
});
