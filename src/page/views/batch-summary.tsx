/** What came of many texts, as sentences with their n. */

import { wilson } from '../../core/index.js';
import { stageTable } from '../charts/stage-parts.js';
import { disagreement } from '../disagreement.js';
import { tally } from '../outcome.js';
import { devicesInWords, milliseconds, percent } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function BatchSummary({ state }: PageProps) {
  const run = state.run.value;
  if (!run) return null;
  const { samples, layers, status, mode, took } = run;
  const { n, labelled, right, meanDepth } = tally(state.outcomes.value, layers);
  const [low, high] = wilson(right, labelled);
  const full = disagreement(samples, state.outcomes.value, layers);
  // Times are of the speed that was run at.
  const verdicts = state.replayed.value ? [] : samples.flatMap(({ verdict }) => verdict ?? []);
  const times = stageTable(verdicts);
  const all = samples.length;
  const { summary, replayed } = words.value;
  return (
    <section class="summary" aria-label={summary.name}>
      {status === 'running' && <progress aria-label={summary.answered} value={n} max={all} />}
      <p>
        <strong>{summary[status](n, all)}</strong>
        {state.replayed.value && <span class="tag">{replayed}</span>}
      </p>
      {labelled > 0 && (
        <p>
          {summary.right(right, labelled, percent(right / labelled))}{' '}
          <span class="note">{summary.interval(percent(low, 0), percent(high, 0))}</span>
        </p>
      )}
      {n > 0 && (
        <p>{summary.depth(meanDepth.toFixed(2), layers)}</p>
      )}
      {full.n > 0 && (
        <p>
          {summary.disagree(full.differ, full.n)}
          {full.labelled > 0 && summary.whoIsRight(full.labelled, full.fastRight, full.fullRight)}{' '}
          <span class="note">
            {summary.fastAndFull}
            {full.n < n && ` ${summary.fullUnknown(n - full.n)}`}
          </span>
        </p>
      )}
      {times && (
        <p>
          {summary.measured(milliseconds(times.needed), devicesInWords(verdicts))}
          {mode === 'explore' && summary.beyond(milliseconds(times.whole))}
          {took !== undefined && summary.took(milliseconds(took))}
        </p>
      )}
    </section>
  );
}
