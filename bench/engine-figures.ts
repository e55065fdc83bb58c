/** What is measured of the engine, and how it is told. */

import { ratio, times, type Times } from '../src/page/measure/timing.js';
import type { Ratio } from './figures.js';

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
export interface EngineRow extends Times, Ratio {
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
    name, tokens, n: ms.length, ...times(ms), ...ratio(took[ORT]!, ms),
  }));
}

/** By tokens, of the kernel that is fastest there. */
export function engineVsOrt(rows: readonly EngineRow[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { tokens, ratio: times_, name } of rows) if (name !== ORT) found[tokens] = Math.max(found[tokens] ?? 0, times_);
  return found;
}
