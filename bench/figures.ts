/** What a benchmark run gives, as it is written to bench/results/performance.json. */

import { ratio, rounded, times, type Times } from '../src/page/measure/timing.js';
import { HALF_POINT, nameOf, NO_LOSS, TRANSFORMERS, WHOLE } from './contestants.js';
import type { Endurance } from './endurance.js';
import { engineVsOrt, type EngineFigures } from './engine-figures.js';
import type { FirstVerdict } from './first-verdict.js';
import type { GpuCost } from './gpu-cost.js';
import type { Lap } from './race.js';
import type { Text } from './samples.js';
import type { Start, Visit } from './starts.js';

/** Of times of the same texts, with the interval that 95 % of resamples give. */
export type Ratio = ReturnType<typeof ratio>;

/** One contestant on some texts, one by one. `ratio`: how many times as long transformers.js took. */
export interface Row extends Times, Ratio {
  name: string;
  n: number;
  /** A fraction; absent where the texts have no labels. */
  accuracy?: number | undefined;
}

/** Many texts, handed in so many at a time. */
export interface Bulk {
  name: string;
  texts: number;
  atOnce: number;
  /** For all of them, on the mean of the rounds. */
  ms: number;
  /** Of several rounds the shortest and the longest. */
  range?: [number, number] | undefined;
}

/** A race on texts of its own. */
export interface Side {
  texts: string;
  /** Threads and workers, or adapter, in words. */
  device: string;
  rows: Row[];
  speed0VsWhole: Ratio;
}

/** Milliseconds of a text, by the tokens that it has or by how many are handed in at once. */
export interface BySize {
  name: string;
  sizes: (Times & { size: number; n: number })[];
}

export interface Report {
  browser: string;
  /** Its cores, as the system names them. */
  machine: string;
  device: string;
  texts: string;
  oneByOne: Row[];
  bulk: Bulk[];
  /** The same page, where this library has a worker a core. */
  bulkAllCores: Bulk[];
  /** The encoder on WASM against the same layers in one session, and its products. */
  engine: EngineFigures;
  starts: Start[];
  ratios: Record<'speed0VsWhole' | 'vsTransformersNoLoss' | 'vsTransformersHalfPoint' | 'bulk' | 'bulkAllCores' | 'firstAnswer', number> & {
    /** Of the fastest kernel, by tokens. */
    engineVsOrt: Record<string, number>;
  };
  /** Fetched for the first answer in a browser that has nothing yet, and of that the encoder's wasm. */
  bytes: { firstAnswer: number; engine: number };
  counts: GpuCost;
  /** Not of a quick run. */
  more?: {
    speed0VsWhole: Ratio;
    /** Long reviews, and news; absent without the data. */
    reviews?: Side | undefined;
    news?: Side | undefined;
    lengths: BySize[];
    batches: BySize[];
    allCores: Side;
    webgpu: Side;
    firstVerdict: FirstVerdict[];
    endurance: Endurance;
  };
}

export function rowsOf(sample: readonly Text[], laps: ReadonlyMap<string, Lap>): Row[] {
  const [, peer] = [...laps].find(([name]) => name.startsWith(TRANSFORMERS))!;
  const hasLabels = sample[0]?.labels !== undefined;
  return [...laps].map(([name, { ms, said }]) => ({
    name,
    n: ms.length,
    ...times(ms),
    ...ratio(peer.ms, ms),
    accuracy: hasLabels ? said.filter((label, i) => label === sample[i]!.labels![0]).length / said.length : undefined,
  }));
}

/** How many times as long all layers take here as in one session. */
export function speed0VsWhole(laps: ReadonlyMap<string, Lap>): Ratio {
  return ratio(laps.get(nameOf({ speed: 0 }))!.ms, laps.get(WHOLE)!.ms);
}

export function ratiosOf({ oneByOne, bulk, bulkAllCores, engine, starts }: Pick<Report, 'oneByOne' | 'bulk' | 'bulkAllCores' | 'engine' | 'starts'>): Report['ratios'] {
  const row = (name: string): Row => oneByOne.find((one) => one.name === name)!;
  const best = (of: readonly Bulk[], name: string): number => Math.min(...of.filter((one) => one.name.startsWith(name)).map(({ ms }) => ms));
  const faster = (of: readonly Bulk[]): number => rounded(best(of, TRANSFORMERS) / best(of, nameOf(HALF_POINT)));
  return {
    speed0VsWhole: rounded(row(nameOf({ speed: 0 })).mean / row(WHOLE).mean),
    vsTransformersNoLoss: row(nameOf(NO_LOSS)).ratio,
    vsTransformersHalfPoint: row(nameOf(HALF_POINT)).ratio,
    bulk: faster(bulk),
    bulkAllCores: faster(bulkAllCores),
    firstAnswer: rounded(startOf(starts, TRANSFORMERS).ms / startOf(starts, 'speed').ms),
    engineVsOrt: engineVsOrt(engine.rows),
  };
}

/** The first visit of who is named so. */
export function startOf(starts: readonly Start[], name: string): Visit {
  return starts.find((one) => one.name.startsWith(name))!.first;
}
