/** What is measured of the engine, and how it is told. */

import { ratio, times, type Times } from '../src/page/measure/timing.js';

/** In the order of `kernels/peak.ts`. */
export const KERNELS = ['plain', 'relaxed, our sum', "relaxed, the browser's sum"] as const;
export type Kernel = (typeof KERNELS)[number];
/** The same layers in one session. */
export const ORT = 'ONNX Runtime';

/** Of the rounds, by who ran. */
export type Milliseconds = Partial<Record<Kernel | typeof ORT, number[]>>;

/** A matrix product and what it is held against, in G multiply-adds a second on one core. */
export interface Product {
  kernel: Kernel;
  inputs: number;
  outputs: number;
  rows: number;
  speed: number;
  /** Of the bare instructions. */
  peak: number;
}

/** One text of so many tokens. `ratio`: how many times as long ONNX Runtime took. */
export interface EngineRow extends Times, ReturnType<typeof ratio> {
  name: Kernel | typeof ORT;
  tokens: number;
  n: number;
}

export interface EngineFigures {
  rows: EngineRow[];
  products: Product[];
}

export function engineRows(tokens: number, took: Milliseconds): EngineRow[] {
  return (Object.entries(took) as [Kernel | typeof ORT, number[]][]).map(([name, ms]) => ({
    name,
    tokens,
    n: ms.length,
    ...times(ms),
    ...ratio(took[ORT]!, ms),
  }));
}

/** By tokens, of the kernel that is fastest there. */
export function engineVsOrt(rows: readonly EngineRow[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const row of rows) if (row.name !== ORT) found[row.tokens] = Math.max(found[row.tokens] ?? 0, row.ratio);
  return found;
}
