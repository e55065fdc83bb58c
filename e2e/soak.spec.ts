/** A short form of `npm run -s soak`. */

import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';

test('mixed calls under random faults: each is answered or fails by name', () => {
  const out = execFileSync('npx', ['tsx', 'bench/soak.ts', '--seconds', '20', '--json'], { encoding: 'utf8' });
  const soak = JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, number>;
  expect(soak).toMatchObject({ lost: 0, lostBecause: [] });
  expect(soak.answered! + soak.failedNamed!).toBe(soak.calls);
  expect(soak.answered).toBeGreaterThan(20);
});
