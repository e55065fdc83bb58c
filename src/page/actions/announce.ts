/** One sentence a run for screen readers, however many events the run had. */

import { answer, tally } from '../outcome.js';
import type { State } from '../state.js';
import { answerWords, percent } from '../wording.js';
import { words } from '../words/index.js';

export function announce(state: State): void {
  const run = state.run.peek();
  if (!run || state.busy.peek()) return;
  const { samples, layers, labels, status } = run;
  const { exit, summary, verdict } = words.peek();
  if (state.input.peek() === 'one') {
    const verdicts = samples.flatMap((sample) => sample.verdict ?? []).map((one) => {
      return verdict.announced(answerWords(one, labels), percent(answer(one).score, 0), exit.left(one.exit, layers));
    });
    state.announcement.value = verdicts.join(' ');
    return;
  }
  const { n, labelled, right, meanDepth } = tally(state.outcomes.peek(), layers);
  const say = summary.announced;
  const how = status === 'done' ? say.done : status === 'cancelled' ? say.cancelled : say.failed;
  const rightly = labelled > 0 ? say.right(right, labelled) : '';
  const depth = n > 0 ? say.depth(meanDepth.toFixed(1)) : '';
  state.announcement.value = verdict.sentence(`${how(n)}${rightly}${depth}`);
}
