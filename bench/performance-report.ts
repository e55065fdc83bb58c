/** What a benchmark run gave: as tables for the terminal, and as docs/performance.md. */

import type { Report } from './figures.js';
import { markdownTable } from './models-report.js';
import { sections } from './performance-sections.js';
import { aligned } from './table.js';

export function tables(report: Report): string {
  const parts = sections(report).flatMap((section) => [
    section.title,
    ...section.parts.map((part) => (typeof part === 'string' ? part : aligned(part))),
  ]);
  return [`${report.browser}, ${report.machine}`, ...parts].join('\n\n');
}

export function performanceReport(report: Report): string {
  const parts = [
    '# Speed, measured',
    'Written by `npm run -s bench -- --write`: one run in a real browser, everything in turns, text by text, so that what else ' +
      'the machine does falls on all alike. Ratios carry over to other machines, milliseconds do not. *transformers.js* runs ' +
      'the same fine-tuned weights as one ONNX file, made as its users make it (traced, `quantize_dynamic`); *one session* is this ' +
      "library's own layers in one graph; *static* are its first layers and the exit behind them. Chosen on SST-2's dev set: 3 " +
      'times fewer layers where nothing may be lost, 5 times where half a point may be. *LiteRT.js* runs the same weights as an int8 ' +
      '.tflite file. The median of speed 1, where nearly all texts leave at exit 0, is what a call takes without any layer.',
    `${report.browser}; ${report.machine}. Where others are faster or more accurate is [listed at the end](#where-others-win).`,
    ...sections(report).flatMap((section) => [
      `## ${section.title}`,
      ...section.parts.map((part) => (typeof part === 'string' ? part : markdownTable(part.head, part.rows))),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}
