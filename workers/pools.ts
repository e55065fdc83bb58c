/**
 * Texts on their way through the stages. Those that stay behind a gate wait for others, so that batches
 * are full also in deep layers, where most texts have left. With a limit of one text, each runs to its end.
 */

import { free, type Batch, type BatchLimits } from './batch.js';
import type { Stage } from './stage.js';

/** The rows of a batch that stay. */
export interface Part {
  batch: Batch;
  rows: readonly number[];
  /** Their next stage, where it has been begun already. */
  ahead?: ReturnType<Stage['forward']>;
}

/** Frees a part; a stage that has been begun for it is let end first. */
export function drop({ batch, ahead }: Part): void {
  if (ahead) void ahead.then((ran) => free(ran.batch), () => {});
  else free(batch);
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
    while (count < parts.length && this.fits(parts.slice(0, count + 1))) count++;
    return { stage, parts: parts.splice(0, count) };
  }

  /** Frees all that waits. */
  free(): void {
    for (const parts of this.waiting) for (const part of parts.splice(0)) drop(part);
  }

  /** Whether they are a batch that takes no more. */
  private fill(parts: readonly Part[]): boolean {
    const { rows, longest } = sizeOf(parts);
    return rows > 0 && (rows >= this.limits.texts || (rows + 1) * longest > this.limits.tokens);
  }

  private fits(parts: readonly Part[]): boolean {
    const { rows, longest } = sizeOf(parts);
    return rows <= this.limits.texts && rows * longest <= this.limits.tokens;
  }
}

function sizeOf(parts: readonly Part[]): { rows: number; longest: number } {
  const lengths = parts.flatMap(({ batch, rows }) => rows.map((row) => batch.rows[row]!.tokens));
  return { rows: lengths.length, longest: Math.max(0, ...lengths) };
}
