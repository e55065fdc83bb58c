import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Report } from './figures.js';
import { performanceReport } from './performance-report.js';

test.each(['performance', 'performance-without-vnni'])('docs/%s.md says what bench/results/%s.json holds', (name) => {
  const committed = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const report = JSON.parse(committed(`bench/results/${name}.json`)) as Report;
  expect(committed(`docs/${name}.md`)).toBe(performanceReport(report));
});
