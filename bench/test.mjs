/**
 * `npm test`: the steps one after another, stopping at the first that fails. The last line says
 * how many tests passed and failed, unit and browser tests together.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const UNIT_REPORT = 'test-results/unit.json';
const BROWSER_REPORT = 'test-results/browser.json';

/** @type {[name: string, command: string, counts?: () => { passed: number, failed: number }][]} */
const STEPS = [
  ['lint', 'npm run -s lint'],
  ['types', 'npm run -s types'],
  ['API reference', 'npm run -s docs:api'],
  ['unit tests', `vitest run --allowOnly=false --reporter=default --reporter=json --outputFile=${UNIT_REPORT}`, unitCounts],
  ['page', 'vite build --logLevel warn'],
  ['harness', 'vite build --logLevel warn --config bench/vite.config.ts'],
  ['package', 'npm run -s package'],
  ['browser tests', 'playwright test --forbid-only --reporter=list,json', browserCounts],
];

rmSync('test-results', { recursive: true, force: true });
let passed = 0;
let failed = 0;
for (const [name, command, counts] of STEPS) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync(command, {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER_REPORT },
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const found = counts?.() ?? { passed: 0, failed: 0 };
  passed += found.passed;
  failed += found.failed;
  if (status === 0) {
    console.log(`── ${name}: ${seconds} s`);
    continue;
  }
  // A step may fail without a failing test: a lint error, or a test file that does not load.
  failed ||= 1;
  console.log(`── ${name} failed after ${seconds} s`);
  process.exitCode = 1;
  break;
}
console.log(`${passed} passed, ${failed} failed`);

function unitCounts() {
  const report = read(UNIT_REPORT);
  return { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 };
}

function browserCounts() {
  const stats = read(BROWSER_REPORT)?.stats;
  return { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) };
}

/** @returns {any} undefined where the step died before it wrote its report */
function read(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
