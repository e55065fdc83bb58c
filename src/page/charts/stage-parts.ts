/** Where a text's milliseconds went, stage by stage; of several texts the mean. */

import type { StageTimes, Verdict } from '../../index.js';
import { words } from '../words/index.js';

export interface StagePart {
  name: string;
  kind: 'tokenize' | 'embed' | 'step' | 'compact' | 'rest';
  milliseconds: number;
  /** False for layers that ran for the figures only, after the text would have left. */
  needed: boolean;
}

export interface StageTable {
  parts: StagePart[];
  /** Texts averaged over. */
  n: number;
  /** Milliseconds a text needed until it left. */
  needed: number;
  /** With the layers that ran for the figures only. */
  whole: number;
  /** The part of `whole` spent waiting for a GPU's results. */
  readback: number;
}

type Timed = Pick<Verdict, 'exit' | 'times'>;

/** The stages in their order, those that were needed first; undefined without a verdict. */
export function stageTable(verdicts: readonly Timed[]): StageTable | undefined {
  const n = verdicts.length;
  const names = words.value.stages;
  if (n === 0) return undefined;
  const mean = (of: (verdict: Timed) => number): number =>
    verdicts.reduce((sum, verdict) => sum + of(verdict), 0) / n;
  const steps = Array.from(
    { length: Math.max(...verdicts.map(({ times }) => times.steps.length)) },
    (_, step) => step,
  );
  const stepPart = (step: number, needed: boolean): StagePart => ({
    name: names.step(step),
    kind: 'step',
    milliseconds: mean(({ times, exit }) =>
      step <= exit === needed ? (times.steps[step] ?? 0) : 0,
    ),
    needed,
  });
  const parts: StagePart[] = [
    { name: names.tokenize, kind: 'tokenize', milliseconds: mean(({ times }) => times.tokenize), needed: true },
    { name: names.embed, kind: 'embed', milliseconds: mean(({ times }) => times.embed), needed: true },
    ...steps.map((step) => stepPart(step, true)),
    { name: names.compact, kind: 'compact', milliseconds: mean(({ times }) => times.compact), needed: true },
    { name: names.rest, kind: 'rest', milliseconds: mean(({ times }) => unnamed(times)), needed: true },
    ...steps.map((step) => stepPart(step, false)),
  ];
  const sum = (some: readonly StagePart[]): number => some.reduce((all, part) => all + part.milliseconds, 0);
  return {
    // What rounds to nothing is nothing to show.
    parts: parts.filter(({ milliseconds }) => milliseconds >= 0.005),
    n,
    needed: sum(parts.filter((part) => part.needed)),
    whole: sum(parts),
    readback: mean(({ times }) => times.readback),
  };
}

/** What the total holds beyond the named stages; clocks in a browser are too coarse for less. */
function unnamed({ tokenize, embed, steps, compact, total }: StageTimes): number {
  const rest = total - tokenize - embed - compact - steps.reduce((a, b) => a + b, 0);
  return rest > 0.05 ? rest : 0;
}

export interface Segment extends StagePart {
  x: number;
  width: number;
}

/** The parts side by side over a width. */
export function segments(parts: readonly StagePart[], whole: number, width: number): Segment[] {
  let x = 0;
  return parts.map((part) => {
    const segment = { ...part, x, width: (part.milliseconds / whole) * width };
    x += segment.width;
    return segment;
  });
}
