/**
 * Texts on their way through the stages. Those that stay behind a gate wait for others, so that batches
 * are full also in deep layers, where most texts have left.
 */

import { fits, type Batch, type BatchLimits } from './batch.js';
import type { Stage } from './stage.js';

/** The rows of a batch that stay: of each text all or none. */
export interface Part {
  batch: Batch;
  rows: readonly number[];
  /** Their next stage, where it has been begun already. */
  ahead?: ReturnType<Stage['forward']>;
}

/** All rows of a batch. */
export function whole(batch: Batch): Part {
  return { batch, rows: [...batch.rows.keys()] };
}

export function rowsOf(parts: readonly Part[]): Batch['rows'] {
  return parts.flatMap(({ batch, rows }) => rows.map((row) => batch.rows[row]!));
}

/** Frees a part; a stage that has been begun for it is let end first. */
export function drop({ batch, ahead }: Part): void {
  if (ahead) void ahead.then((ran) => ran.batch.free(), () => {});
  else batch.free();
}

export class Pools {
  /** By the number of the stage that they are to run next. */
  private readonly waiting: Part[][];

  constructor(
    stages: number,
    private readonly limits: BatchLimits,
  ) {
    this.waiting = Array.from({ length: stages }, () => []);
  }

  add(stage: number, part: Part): void {
    this.waiting[stage]!.push(part);
  }

  /**
   * What runs next: as much as one batch takes of the deepest stage where that much waits; once no more
   * texts are to come, of the first stage where any wait, so that they are joined on their way.
   */
  next(moreToCome: boolean): { stage: number; parts: Part[] } | undefined {
    let stage = this.waiting.findLastIndex((parts) => this.fill(parts));
    if (stage < 0 && !moreToCome) stage = this.waiting.findIndex((parts) => parts.length > 0);
    if (stage < 0) return undefined;
    const parts = this.waiting[stage]!;
    let count = 1;
    while (count < parts.length && fits(lengthsOf(parts.slice(0, count + 1)), this.limits)) count++;
    return { stage, parts: parts.splice(0, count) };
  }

  /** Frees all that waits. */
  free(): void {
    for (const parts of this.waiting) for (const part of parts.splice(0)) drop(part);
  }

  /** Whether they are a batch that takes no more of their length. */
  private fill(parts: readonly Part[]): boolean {
    const lengths = lengthsOf(parts);
    return lengths.length > 0 && !fits([...lengths, Math.max(...lengths)], this.limits);
  }
}

function lengthsOf(parts: readonly Part[]): number[] {
  return rowsOf(parts).map(({ tokens }) => tokens);
}
