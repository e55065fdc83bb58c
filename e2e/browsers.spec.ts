/** `npm run -s browsers` in Firefox and WebKit, on machines that have them. */

import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { Findings } from '../bench/check-page.js';

for (const name of ['firefox', 'webkit']) {
  test(`${name}: the library and the page do what they do in Chromium`, () => {
    test.setTimeout(600_000);
    const { status, stdout, stderr } = spawnSync('npx', ['tsx', 'bench/browsers.ts', '--only', name, '--json'], { encoding: 'utf8' });
    test.skip(status === 2, `${name} is not on this machine`);
    const found = JSON.parse(stdout.trim().split('\n').at(-1) || stderr) as Record<string, Findings>;
    expect(found[name]!.checks.filter(({ isFine }) => !isFine)).toEqual([]);
    expect(found[name]!.checks.length).toBeGreaterThan(8);
  });
}
