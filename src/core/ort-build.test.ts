import { expect, test } from 'vitest';
import { ortBuild } from './ort-build.js';

test('the build is one that this browser can run', () => {
  expect(ortBuild({ Suspending: {} })).toBe('jspi');
  expect(ortBuild({})).toBe('asyncify');
});
