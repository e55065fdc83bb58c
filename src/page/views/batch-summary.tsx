/** What came of many texts, as sentences with their n. */

import { wilson } from '../../core/index.js';
import { stageTable } from '../charts/stage-parts.js';
import { tally } from '../outcome.js';
import { count, milliseconds, percent } from '../wording.js';
import type { PageProps } from './page.js';

export function BatchSummary({ state }: PageProps) {
  const run = state.run.value;
  if (!run) return null;
  const { samples, layers, status, mode, took } = run;
  const { n, labelled, right, meanDepth } = tally(state.outcomes.value, layers);
  const [low, high] = wilson(right, labelled);
  const times = stageTable(samples.flatMap(({ verdict }) => verdict ?? []));
  const all = samples.length;
  const progress = {
    running: `${n.toLocaleString('en')} of ${count(all, 'text')} answered`,
    done: `${count(all, 'text')} answered`,
    cancelled: `Cancelled: ${n.toLocaleString('en')} of ${count(all, 'text')} answered`,
    failed: `Stopped by an error: ${n.toLocaleString('en')} of ${count(all, 'text')} answered`,
  }[status];
  return (
    <section class="summary" aria-label="Summary">
      {status === 'running' && <progress aria-label="Texts answered" value={n} max={all} />}
      <p>
        <strong>{progress}</strong>
        {state.replayed.value && <span class="tag">replayed</span>}
      </p>
      {labelled > 0 && (
        <p>
          {right.toLocaleString('en')} of {labelled.toLocaleString('en')} right: {percent(right / labelled)}
          <span class="note"> (95 % interval {percent(low, 0)} to {percent(high, 0)})</span>
        </p>
      )}
      {n > 0 && (
        <p>
          {meanDepth.toFixed(2)} of {layers} layers on average
        </p>
      )}
      {times && !state.replayed.value && (
        <p>
          measured: {milliseconds(times.needed)} a text
          {mode === 'explore' && `, ${milliseconds(times.whole)} with the layers beyond the exits`}
          {took !== undefined && `; ${milliseconds(took)} for all, waiting included`}
        </p>
      )}
    </section>
  );
}
