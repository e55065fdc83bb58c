/** What `evaluate` says of one pace asked for, and how it is put as a table. */

import { wilson, type Target } from '../src/core/index.js';
import { sameLabels, type LabelledText } from './labelled-texts.js';
import type { Outcome } from './measure.js';
import { CLOSE, type Agreement } from './reference.js';
import { mean, quantile } from '../src/page/measure/statistics.js';

/** Accuracies are fractions, the interval is Wilson's 95 %, milliseconds are those of one text. */
export interface Result {
  /** What was asked for: one of the four. */
  speed?: number;
  speedup?: number;
  leastAccuracy?: number;
  agreement?: number;
  accuracy: number;
  interval: [low: number, high: number];
  meanDepth: number;
  /** How many texts left at each exit. */
  exits: number[];
  ms: { mean: number; p50: number; p95: number };
  /** With --batch only. */
  textsPerSecond?: number;
}

/** @param lastExit L, the teacher's number */
export function summarise(
  target: Target,
  rows: LabelledText[],
  outcomes: Outcome[],
  lastExit: number,
): Result {
  const right = outcomes.filter((outcome, i) => sameLabels(outcome.labels, rows[i]!.labels)).length;
  const exits = Array.from({ length: lastExit + 1 }, () => 0);
  for (const { exit } of outcomes) exits[exit]!++;
  const ms = outcomes.map((outcome) => outcome.ms);
  return {
    ...('accuracy' in target ? { leastAccuracy: target.accuracy } : target),
    accuracy: right / outcomes.length,
    interval: wilson(right, outcomes.length),
    meanDepth: mean(outcomes.map((outcome) => outcome.depth)),
    exits,
    ms: { mean: mean(ms), p50: quantile(ms, 0.5), p95: quantile(ms, 0.95) },
  };
}

/** Results as text, one line for each that was asked for, numbers right-aligned under their heads. */
export function table(results: Result[]): string {
  const batched = results.some((result) => result.textsPerSecond !== undefined);
  const lastExit = (results[0]?.exits.length ?? 1) - 1;
  const head = [results.every(({ speed }) => speed !== undefined) ? 'speed' : 'asked for', 'accuracy', '95 % interval', 'layers', 'mean ms', 'p50 ms', 'p95 ms'];
  if (batched) head.push('texts/s');
  head.push(`texts leaving at exits 0-${lastExit}`);
  const lines = results.map((result) => {
    const { accuracy, interval, meanDepth, exits, ms, textsPerSecond } = result;
    const line = [
      asked(result),
      percent(accuracy),
      range(interval),
      meanDepth.toFixed(2),
      ...[ms.mean, ms.p50, ms.p95].map((value) => value.toFixed(1)),
    ];
    if (batched) line.push(textsPerSecond?.toFixed(1) ?? '');
    return [...line, exits.join(' ')];
  });
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i]!.length)));
  return [head, ...lines]
    .map((line) => line.map((word, i) => word.padStart(widths[i]!)).join('  '))
    .join('\n');
}

/** What was asked for, in words: a speed is its number. */
export function asked({ speed, speedup, leastAccuracy, agreement }: Result): string {
  if (speed !== undefined) return String(speed);
  if (speedup !== undefined) return `${speedup} times fewer`;
  return leastAccuracy === undefined ? `agreement ${percent(agreement!)}` : `at least ${percent(leastAccuracy)}`;
}

const SHOWN = 10;

/** Agreement with a reference as text: shares, then the first rows that differ; never a text. */
export function agreementLines(pace: string, agreement: Agreement): string {
  const { n, sameLabel, sameExit, clear, differences } = agreement;
  const lines = [
    `asked for ${pace}: of ${n} rows ${percent(sameLabel, 2)} have the same label, ${percent(sameExit, 2)} the same exit;`,
    `  of ${clear.n} with no gate within ${CLOSE} of its threshold ${percent(clear.sameLabel, 2)} and ${percent(clear.sameExit, 2)}`,
    ...differences.slice(0, SHOWN).map(
      ({ row, labels, exit, uncertainty }) =>
        `  row ${row}: label ${labels.map((said) => said.join(' and ') || 'none').join(' here, ')} there; exit ${exit.join(' here, ')} there; uncertainty here ${uncertainty.toFixed(4)}`,
    ),
  ];
  if (differences.length > SHOWN) lines.push(`  and ${differences.length - SHOWN} more rows`);
  return lines.join('\n');
}

export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

export function range(interval: readonly [low: number, high: number]): string {
  return interval.map((share) => (100 * share).toFixed(1)).join('-');
}
