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

  /** @param full what the last layer is known to say of a text */
  constructor(texts: readonly LabelledText[], full: (index: number) => Belief | undefined = () => undefined) {
    this.#samples = texts.map(({ text, gold }, i) => ({ text, gold, full: full(i), trajectory: [] }));
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
