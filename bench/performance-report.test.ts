import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Report } from './figures.js';
import { performanceReport } from './performance-report.js';

test('docs/performance.md says what bench/results/performance.json holds', () => {
  const committed = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const report = JSON.parse(committed('bench/results/performance.json')) as Report;
  expect(committed('docs/performance.md')).toBe(performanceReport(report));
});
