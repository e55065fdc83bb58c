/** The trajectories in words: for those who do not see them, and for the exit in focus. */

import { answer, tally } from '../outcome.js';
import type { State } from '../state.js';
import { count, excerpt, exitName, labelWords, leftAt, percent } from '../wording.js';

export function trajectoriesSummary({ run, outcomes, speed }: State, layers: number): string {
  const { samples = [] } = run.value ?? {};
  if (samples.length === 0) return 'Trajectories: no text has been read yet.';
  if (samples.length > 1) {
    const { n, meanDepth } = tally(outcomes.value, layers);
    return `Trajectories of ${count(samples.length, 'text')} at speed ${speed.value}: ${n} left, after ${meanDepth.toFixed(2)} layers on average.`;
  }
  const steps = samples[0]!.trajectory.map(({ uncertainty }) => uncertainty.toFixed(2)).join(', ');
  const belief = outcomes.value[0]?.belief;
  return `Trajectory: uncertainty ${steps}; at speed ${speed.value} it ${belief ? leftAt(belief.exit, layers) : 'has not left'}.`;
}

/** What the exit in focus says, in words. */
export function focusWords({ focus, run, outcomes }: State, layers: number): string {
  const { sample: index, layer } = focus.value;
  const sample = index === undefined ? undefined : run.value?.samples[index];
  if (!sample || index === undefined) return '';
  const name = run.value!.samples.length > 1 ? `“${excerpt(sample.text, 40)}” ` : '';
  const left = outcomes.value[index]?.belief;
  if (layer === undefined) return `${name}${left ? leftAt(left.exit, layers) : 'has not left'}`;
  const belief = sample.trajectory.find(({ exit }) => exit === layer);
  const place = `after ${exitName(layer)}`;
  if (!belief) return `${name}${place}: not run`;
  const { classes, score } = answer(belief);
  const beyond = left && layer > left.exit ? ' (beyond its exit)' : '';
  return `${name}${place}: ${labelWords(classes, run.value!.labels)} ${percent(score)}, uncertainty ${belief.uncertainty.toFixed(2)}${beyond}`;
}
