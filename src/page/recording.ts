/**
 * Collects a run's events. Samples are replaced, never changed, so that a view redraws only the
 * rows that something happened to.
 */

import type { Belief } from '../core/index.js';
import type { ExitEvent, Verdict } from '../index.js';
import type { Sample } from './outcome.js';
import type { LabelledText } from './texts/labels.js';

export class Recording {
  #samples: Sample[];
  #changed = false;

  constructor(texts: readonly LabelledText[]) {
    this.#samples = texts.map(({ text, gold }) => ({ text, gold, trajectory: [] }));
  }

  add({ index, belief, verdict, waitsFor }: ExitEvent): void {
    const sample = this.#samples[index];
    if (!sample) return;
    const trajectory = insert(sample.trajectory, belief);
    this.#replace(index, { ...sample, trajectory, verdict: verdict ?? sample.verdict, waitsFor });
  }

  /** The verdicts at the end of the call, in the order of its texts: they overrule the events. */
  finish(verdicts: readonly Verdict[]): void {
    verdicts.forEach((verdict, index) => {
      const sample = this.#samples[index];
      if (sample) this.#replace(index, { ...sample, trajectory: verdict.trajectory, verdict });
    });
  }

  /** A list that later events leave alone. */
  samples(): readonly Sample[] {
    this.#changed = false;
    return this.#samples;
  }

  #replace(index: number, sample: Sample): void {
    if (!this.#changed) this.#samples = this.#samples.slice();
    this.#changed = true;
    this.#samples[index] = sample;
  }
}

/** Events of one text come in order; a repeated one (after a lost GPU) takes the earlier one's place. */
function insert(trajectory: readonly Belief[], belief: Belief): Belief[] {
  const before = trajectory.filter(({ exit }) => exit < belief.exit);
  return [...before, belief];
}
