/** A benchmark's figures put in words and tables, part by part; how they look is performance-report's. */

import { wilson } from '../src/core/index.js';
import type { EngineFigures } from './engine-figures.js';
import { engineTable, productTable } from './engine-report.js';
import type { BySize, Bulk, Ratio, Report, Row, Side } from './figures.js';
import { othersWin, type Column } from './others-win.js';
import { percent, range } from './report.js';
import type { Start, Visit } from './starts.js';
import type { Table } from './table.js';

export interface Section {
  title: string;
  parts: readonly (string | Table)[];
}

type More = NonNullable<Report['more']>;

const ALL_CORES =
  'In a cross-origin isolated page, where the others have as many threads as there are cores, four at most, and this library as ' +
  'many workers. Each waits 30 ms, until the threads of the one before sleep. A single text is read by one worker.';

export function sections(report: Report): Section[] {
  const { texts, device, oneByOne, bulk, bulkAllCores, engine, starts, ratios, bytes, counts, more } = report;
  return [
    {
      title: `One text at a time: ${texts}, n = ${oneByOne[0]!.n}`,
      parts: [`${device}.`, laps(oneByOne), sameLayers(more?.speed0VsWhole ?? { ratio: ratios.speed0VsWhole })],
    },
    together('', bulk, ratios.bulk),
    together(', on all cores', bulkAllCores, ratios.bulkAllCores, 'The same kind of page, which is not isolated, so that the others have one thread; this library has a worker a core, four at most.'),
    ...engineSections(engine),
    firstAnswer(starts, bytes.engine),
    ...(more ? furtherSections(more) : []),
    {
      title: 'WebGPU, in counts',
      parts: [
        'The same on every machine; counted on the software adapter.',
        {
          head: ['', ''],
          rows: [
            ['dispatches a layer', String(counts.dispatchesPerLayer)],
            ['dispatches a gate', String(counts.dispatchesPerGate)],
            ['bytes read back, a gate and text', String(counts.readbackBytesPerRow)],
            ['bytes of hidden states read back', String(counts.hiddenReadbackBytes)],
            ['buffers made by our code for a text of a known length', String(counts.ownBuffersPerText)],
            ['submits a text, all layers', String(counts.submitsPerText)],
            ['bytes uploaded a text', String(counts.uploadedBytesPerText)],
          ],
        },
      ],
    },
    {
      title: 'Where others win',
      parts: ['Computed from the tables above, by means or medians as they are shown there, whatever their intervals.', others(report)],
    },
  ];
}

function furtherSections({ reviews, news, allCores, webgpu, lengths, batches, firstVerdict, endurance }: More): Section[] {
  const isSoftware = webgpu.device.includes('(software)');
  return [
    ...(reviews ? [side('Long texts', reviews)] : []),
    ...(news ? [side('Another task', news)] : []),
    side('One text at a time, on all cores', allCores, ALL_CORES),
    {
      title: 'By length',
      parts: [
        'Milliseconds of one text of so many tokens, the median (p25-p75) of ' +
          `${lengths[0]!.sizes[0]!.n}: one word over and over, so where it leaves says nothing of real texts.`,
        bySize('tokens', lengths, 'p50'),
      ],
    },
    {
      title: 'Texts handed in together',
      parts: [
        'SST-2, milliseconds a text, the mean over batches (p25-p75), one worker.',
        bySize('texts at once', batches, 'mean'),
        `Batches of each size: ${batches[0]!.sizes.map(({ n, size }) => `${n} of ${size}`).join(', ')}.`,
      ],
    },
    side(
      'WebGPU',
      webgpu,
      (isSoftware
        ? 'This adapter is software: it computes on the CPU, so neither its milliseconds nor its ratios are those of a GPU. '
        : '') + 'transformers.js has the weights in 32 bits; in 16, which some adapters take, it was not raced.',
    ),
    {
      title: "The page's first verdict",
      parts: [
        `In a browser that has nothing yet, from the navigation to the first live verdict, medians of ${firstVerdict[0]!.rounds} rounds (shortest and longest), in turns.`,
        { head: ['', 'ms'], rows: firstVerdict.map(({ device, ms, range: ends }) => [`\`?device=${device}\``, `${ms} (${ends.join('-')})`]) },
      ],
    },
    {
      title: 'Memory, and the main thread',
      parts: [
        {
          head: ['texts', 'memory of page and worker'],
          rows: endurance.memory.map(({ after, bytes }) => [String(after), megabytes(bytes)]),
        },
        `While 1,000 texts ran, the main thread had ${endurance.longTasks.count} tasks over 50 ms (the longest ${endurance.longTasks.longestMs} ms).`,
      ],
    },
  ];
}

function engineSections({ rows, products }: EngineFigures): Section[] {
  return [
    {
      title: 'The encoder alone',
      parts: [
        'All six layers and the last exit on one text, without tokenizer and embeddings, in a worker: medians in milliseconds, and how ' +
          'many times as long the same layers took in one session of ONNX Runtime (means, 95 %). Which of the relaxed kernels a visitor ' +
          'gets is timed when a worker starts.',
        engineTable(rows),
      ],
    },
    {
      title: 'Its products',
      parts: [
        'G multiply-adds a second of each product of a layer, and of a loop of nothing but its instructions, on numbers that stay in registers.',
        productTable(products),
      ],
    },
  ];
}

function firstAnswer(starts: readonly Start[], engineBytes: number): Section {
  return {
    title: 'The first answer',
    parts: [
      `Medians of ${starts[0]!.rounds} rounds, each with a browser that has nothing yet (shortest and longest), then a new page in ` +
        'it. Bytes as they lie on the server, uncompressed, from the first call to the first answer; served from the same ' +
        'machine. The HTTP cache may keep files that are named by their content; all others are asked for again and answered ' +
        `"not modified". transformers.js keeps models and ONNX Runtime in Cache Storage by itself, this library its models. Of its bytes the encoder is ${(engineBytes / 1e3).toFixed(1)} kB.`,
      {
        head: ['', 'first visit', 'requests', 'ms', 'second visit', 'requests', 'ms'],
        rows: starts.map(({ name, first, second }) => [name, ...visit(first), ...visit(second)]),
      },
    ],
  };
}

function together(where: string, bulk: readonly Bulk[], faster: number, note?: string): Section {
  return {
    title: `${bulk[0]!.texts.toLocaleString('en')} texts${where}`,
    parts: [
      ...(note ? [note] : []),
      {
        head: ['', 'handed in', 'ms for all', ...(bulk[0]!.range ? ['shortest and longest of three rounds'] : [])],
        rows: bulk.map(({ name, atOnce, ms, range: ends }) => [name, `${atOnce} at a time`, String(ms), ...(ends ? [ends.join('-')] : [])]),
      },
      `Against the fastest way to hand them to transformers.js, five times fewer layers are ${faster.toFixed(2)} times as fast.`,
    ],
  };
}

function side(title: string, { texts, device, rows, speed0VsWhole }: Side, note = ''): Section {
  return {
    title: `${title}: ${texts}, n = ${rows[0]!.n}`,
    parts: [`${device}. ${note}`.trim(), laps(rows), sameLayers(speed0VsWhole)],
  };
}

function laps(rows: readonly Row[]): Table {
  return {
    head: ['', 'mean ms', 'p25', 'median', 'p75', 'p95', 'times as fast as transformers.js (95 %)', 'accuracy (95 %)'],
    rows: rows.map(({ name, n, mean, p25, p50, p75, p95, accuracy, ...faster }) => [
      name,
      ...[mean, p25, p50, p75, p95].map((ms) => ms.toFixed(2)),
      within(faster),
      accuracy === undefined ? '' : `${percent(accuracy)} (${range(wilson(Math.round(accuracy * n), n))})`,
    ]),
  };
}

function sameLayers(took: Pick<Ratio, 'ratio'> & Partial<Ratio>): string {
  return `Speed 0 takes ${within(took, 3)} times as long as the same layers in one session.`;
}

function within({ ratio, interval }: Pick<Ratio, 'ratio'> & Partial<Ratio>, digits = 2): string {
  return ratio.toFixed(digits) + (interval ? ` (${interval.map((end) => end.toFixed(digits)).join('-')})` : '');
}

function bySize(what: string, found: readonly BySize[], middle: 'mean' | 'p50'): Table {
  return {
    head: [what, ...found[0]!.sizes.map(({ size }) => String(size))],
    rows: found.map(({ name, sizes }) => [
      name,
      ...sizes.map((one) => `${one[middle].toFixed(2)} (${one.p25.toFixed(2)}-${one.p75.toFixed(2)})`),
    ]),
  };
}

function visit({ bytes, requests, ms, range: ends }: Visit): string[] {
  return [megabytes(bytes), String(requests), `${ms} (${ends.join('-')})`];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function others({ oneByOne, bulk, bulkAllCores, starts, more }: Report): string {
  const found: [string, string[]][] = [
    ['One text at a time', othersWin([race(oneByOne)])],
    [`${bulk[0]!.texts.toLocaleString('en')} texts`, othersWin([{ entries: bulk.map(bulkEntry) }])],
    ['The same on all cores', othersWin([{ entries: bulkAllCores.map(bulkEntry) }])],
    ['The first answer', [...othersWin(visits(starts, 'ms')), ...othersWin(visits(starts, 'bytes'), 'fewer bytes')]],
  ];
  if (more) {
    const { reviews, news, allCores, webgpu, lengths, batches } = more;
    if (reviews) found.push(['Long texts', othersWin([race(reviews.rows)])]);
    if (news) found.push(['Another task', othersWin([race(news.rows)])]);
    found.push(
      ['One text at a time, on all cores', othersWin([race(allCores.rows)])],
      ['By length', othersWin(sizeColumns(lengths, 'p50', 'tokens'))],
      ['Texts handed in together', othersWin(sizeColumns(batches, 'mean', 'at once'))],
      ['WebGPU', othersWin([race(webgpu.rows)])],
    );
  }
  const wins = found.filter(([, sentences]) => sentences.length > 0);
  return wins.map(([title, sentences]) => `- ${title}. ${sentences.join(' ')}`).join('\n') || 'Nowhere.';
}

function race(rows: readonly Row[]): Column {
  return { entries: rows.map(({ name, mean, accuracy }) => ({ name, cost: mean, accuracy })) };
}

/** transformers.js is there several times. */
function bulkEntry({ name, atOnce, ms }: Bulk): Column['entries'][number] {
  return { name: name.startsWith('speed') ? name : `${name}, ${atOnce} at a time`, cost: ms };
}

function sizeColumns(found: readonly BySize[], middle: 'mean' | 'p50', what: string): Column[] {
  return found[0]!.sizes.map(({ size }, i) => ({
    at: `${size} ${what}`,
    entries: found.map(({ name, sizes }) => ({ name, cost: sizes[i]![middle] })),
  }));
}

function visits(starts: readonly Start[], what: 'ms' | 'bytes'): Column[] {
  return (['first', 'second'] as const).map((which) => ({
    at: `${which} visit`,
    entries: starts.map((start) => ({ name: start.name, cost: start[which][what] })),
  }));
}
