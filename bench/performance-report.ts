/** What a benchmark run gave: as tables for the terminal, and as docs/performance.md. */

import type { Times } from '../src/page/measure/timing.js';
import type { ColdStart } from './cold.js';
import type { Endurance } from './endurance.js';
import type { GpuCost } from './gpu-cost.js';
import { markdownTable } from './models-report.js';
import { percent } from './report.js';

export interface Row extends Times {
  name: string;
  n: number;
  /** How many times as long transformers.js took. */
  ratio: number;
  interval: [low: number, high: number];
  /** A fraction; absent where the texts have no labels. */
  accuracy?: number | undefined;
}

export interface Report {
  browser: string;
  device: string;
  texts: string;
  oneByOne: Row[];
  /** Milliseconds for all of them. */
  bulk: { name: string; texts: number; atOnce: number; ms: number }[];
  ratios: Record<'speed0VsWhole' | 'vsTransformersNoLoss' | 'vsTransformersHalfPoint' | 'bulk', number>;
  counts: GpuCost;
  /** Not of a quick run. */
  more?: {
    /** Long reviews; absent without the data. */
    reviews?: Row[] | undefined;
    /** Median milliseconds of one text by its length in tokens. */
    lengths: { name: string; ms: number[] }[];
    cold: ColdStart[];
    endurance: Endurance;
  };
}

/** Tokens of single texts. */
export const LENGTHS = [8, 16, 32, 64, 128, 256, 512];

export function tables({ browser, device, texts, oneByOne, bulk, ratios, counts, more }: Report): string {
  const lines = [
    `${browser}, ${device}; ${texts}, n = ${oneByOne[0]!.n}, milliseconds a text`,
    ...laps(oneByOne),
    '',
    `${bulk[0]!.texts} texts, milliseconds for all`,
    ...bulk.map(({ name, atOnce, ms }) => `${name.padEnd(20)} ${String(ms).padStart(7)}  ${atOnce} at once`),
    '',
    ...Object.entries({ ...ratios, ...counts }).map(([what, value]) => `${what.padEnd(24)} ${Number(value.toFixed(3))}`),
  ];
  if (!more) return lines.join('\n');
  const { reviews, lengths, cold, endurance } = more;
  if (reviews) lines.push('', `Film reviews, n = ${reviews[0]!.n}, milliseconds a text`, ...laps(reviews));
  lines.push('', `Milliseconds (median) by tokens${LENGTHS.map((length) => String(length).padStart(8)).join('')}`);
  for (const { name, ms } of lengths) lines.push(name.padEnd(31) + ms.map((one) => one.toFixed(2).padStart(8)).join(''));
  lines.push('', 'First answer, nothing cached');
  for (const { name, bytes, files, ms } of cold) lines.push(`${name.padEnd(20)} ${megabytes(bytes)} in ${files} files, ${ms} ms`);
  lines.push('', 'Memory after so many texts');
  for (const { after, bytes } of endurance.memory) lines.push(`${String(after).padStart(6)}  ${megabytes(bytes)}`);
  const { count, longestMs } = endurance.longTasks;
  lines.push(`Tasks over 50 ms on the main thread during 1,000 texts: ${count}, the longest ${longestMs} ms`);
  return lines.join('\n');
}

function laps(rows: readonly Row[]): string[] {
  return [
    `${''.padEnd(20)}    mean     p25     p50     p75     p95  times faster (95 %)  accuracy`,
    ...rows.map((row) =>
      [
        row.name.padEnd(20),
        ...[row.mean, row.p25, row.p50, row.p75, row.p95].map((ms) => ms.toFixed(2).padStart(7)),
        faster(row).padStart(19),
        row.accuracy === undefined ? '' : percent(row.accuracy).padStart(9),
      ].join(' '),
    ),
  ];
}

function faster({ ratio, interval }: Row): string {
  return `${ratio.toFixed(2)} (${interval.map((end) => end.toFixed(2)).join('-')})`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function lapTable(rows: readonly Row[]): string {
  return markdownTable(
    ['', 'mean ms', 'p25', 'median', 'p75', 'p95', 'times as fast as transformers.js (95 %)', 'accuracy'],
    rows.map((row) => [
      row.name,
      ...[row.mean, row.p25, row.p50, row.p75, row.p95].map((ms) => ms.toFixed(2)),
      faster(row),
      row.accuracy === undefined ? '' : percent(row.accuracy),
    ]),
  );
}

export function performanceReport({ browser, device, texts, oneByOne, bulk, ratios, counts, more }: Report): string {
  const parts = [
    '# Speed, measured',
    'Written by `npm run -s bench -- --write`: one run in a real browser, everything in turns, text by text, so that what else ' +
      'the machine does falls on all alike. Ratios carry over to other machines, milliseconds do not. *transformers.js q8* runs ' +
      'the same fine-tuned weights as one ONNX file, made as its users make it (traced, `quantize_dynamic`); *one session* is this ' +
      "library's own layers in one graph; *static* are its first layers and the exit behind them. Chosen on dev: 3 times " +
      'fewer layers where nothing may be lost, 4 times where half a point may be.',
    `${browser}, ${device}.`,
    `## One text at a time: ${texts}, n = ${oneByOne[0]!.n}`,
    lapTable(oneByOne),
    `Speed 0 takes ${ratios.speed0VsWhole.toFixed(3)} times as long as the same layers in one session.`,
    `## ${bulk[0]!.texts.toLocaleString('en')} texts`,
    markdownTable(
      ['', 'handed in', 'ms for all'],
      bulk.map(({ name, atOnce, ms }) => [name, `${atOnce} at a time`, String(ms)]),
    ),
  ];
  if (more?.reviews) parts.push(`## Long texts: film reviews (IMDb, test), n = ${more.reviews[0]!.n}`, lapTable(more.reviews));
  if (more) {
    const { lengths, cold, endurance } = more;
    parts.push(
      '## By length',
      'Median milliseconds of one text of so many tokens (one word over and over, so where it leaves says nothing of real texts).',
      markdownTable(['tokens', ...LENGTHS.map(String)], lengths.map(({ name, ms }) => [name, ...ms.map((one) => one.toFixed(2))])),
      '## The first answer, nothing cached',
      'Bytes as they lie on the server, uncompressed, from the first call to the first answer; served from the same machine.',
      markdownTable(['', 'downloaded', 'files', 'ms'], cold.map(({ name, bytes, files, ms }) => [name, megabytes(bytes), String(files), String(ms)])),
      '## Memory, and the main thread',
      markdownTable(['texts', 'memory of page and worker'], endurance.memory.map(({ after, bytes }) => [String(after), megabytes(bytes)])),
      `While 1,000 texts ran, the main thread had ${endurance.longTasks.count} tasks over 50 ms (the longest ${endurance.longTasks.longestMs} ms).`,
    );
  }
  parts.push(
    '## WebGPU, in counts',
    'The same on every machine; counted on the software adapter.',
    markdownTable(
      ['', ''],
      [
        ['dispatches a layer', String(counts.dispatchesPerLayer)],
        ['dispatches a gate', String(counts.dispatchesPerGate)],
        ['bytes read back, a gate and text', String(counts.readbackBytesPerRow)],
        ['bytes of hidden states read back', String(counts.hiddenReadbackBytes)],
        ['buffers made by our code for a text of a known length', String(counts.ownBuffersPerText)],
        ['submits a text, all layers', String(counts.submitsPerText)],
        ['bytes uploaded a text', String(counts.uploadedBytesPerText)],
      ],
    ),
  );
  return `${parts.join('\n\n')}\n`;
}
