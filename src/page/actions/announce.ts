/** One sentence a run for screen readers, however many events the run had. */

import { answer, tally } from '../outcome.js';
import type { State } from '../state.js';
import { count, labelWords, leftAt, percent } from '../wording.js';

export function announce(state: State): void {
  const run = state.run.peek();
  if (!run || state.busy.peek()) return;
  const { samples, layers, labels, status } = run;
  const [first] = samples;
  if (samples.length === 1 && first?.verdict) {
    const { classes, score } = answer(first.verdict);
    state.announcement.value = `${labelWords(classes, labels)}, ${percent(score, 0)}, ${leftAt(first.verdict.exit, layers)}.`;
    return;
  }
  const { n, labelled, right, meanDepth } = tally(state.outcomes.peek(), layers);
  const how = status === 'done' ? 'done' : status === 'cancelled' ? 'cancelled' : 'stopped by an error';
  const rightly = labelled > 0 ? `, ${right.toLocaleString('en')} of ${labelled.toLocaleString('en')} right` : '';
  const depth = n > 0 ? `, ${meanDepth.toFixed(1)} layers on average` : '';
  state.announcement.value = `${how}: ${count(n, 'text')} answered${rightly}${depth}.`;
}
