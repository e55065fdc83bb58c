/** The trajectories in words: for those who do not see them, and for the exit in focus. */

import type { Belief } from '../../core/index.js';
import { answer, tally } from '../outcome.js';
import type { State } from '../state.js';
import { excerpt, labelWords, percent } from '../wording.js';
import { words } from '../words/index.js';

export function trajectoriesSummary({ run, outcomes, speed }: State, layers: number): string {
  const { samples = [] } = run.value ?? {};
  const { trajectories: said, exit, texts } = words.value;
  if (samples.length === 0) return said.none;
  if (samples.length > 1) {
    const { n, meanDepth } = tally(outcomes.value, layers);
    return said.many(texts(samples.length), speed.value, n, meanDepth.toFixed(2));
  }
  const steps = samples[0]!.trajectory.map(({ uncertainty }) => uncertainty.toFixed(2)).join(', ');
  const belief = outcomes.value[0]?.belief;
  return said.one(steps, speed.value, belief ? exit.left(belief.exit, layers) : exit.notYet);
}

/** What the exit in focus says, in words. */
export function focusWords({ focus, run, outcomes }: State, layers: number): string {
  const { sample: index, layer } = focus.value;
  const sample = index === undefined ? undefined : run.value?.samples[index];
  if (!sample || index === undefined) return '';
  const { trajectories: said, exit } = words.value;
  const name = run.value!.samples.length > 1 ? said.quoted(excerpt(sample.text, 40)) : '';
  const left = outcomes.value[index]?.belief;
  if (layer === undefined) return `${name}${left ? exit.left(left.exit, layers) : exit.notYet}`;
  const belief = sample.trajectory.find((one) => one.exit === layer);
  const place = exit.after(layer);
  if (!belief) return name + said.notRun(place);
  const { classes, score } = answer(belief);
  const beyond = left && layer > left.exit ? said.beyond : '';
  const believed = said.believed(place, labelWords(classes, run.value!.labels), percent(score), belief.uncertainty.toFixed(2));
  return name + believed + beyond;
}

/** How the text in view would settle without its word in focus, where that is known. */
export function withoutWord({ focus, reasons }: State): Belief[] | undefined {
  const { verdict, words: { parts } = { parts: [] } } = reasons.value ?? {};
  const part = parts[focus.value.word ?? -1];
  return part && verdict?.trajectory.map((belief, i) => ({ ...belief, uncertainty: belief.uncertainty + part.exits[i]!.uncertainty }));
}
