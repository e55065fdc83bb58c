/** The answer for one text: the only one, or the one in focus among many. */

import { answer, type Outcome, type Sample } from '../outcome.js';
import type { Run, State } from '../state.js';
import { stageTable } from '../charts/stage-parts.js';
import { InlineMark } from '../charts/marks.js';
import { count, excerpt, exitName, labelWords, leftAt, milliseconds, percent } from '../wording.js';
import type { PageProps } from './page.js';

export function VerdictPanel({ state }: PageProps) {
  const { run, outcomes, replayed, focus, busy, input, text, announcement } = state;
  const many = input.value === 'many';
  const index = many ? focus.value.sample : 0;
  const sample = index === undefined ? undefined : run.value?.samples[index];
  const outcome = index === undefined ? undefined : outcomes.value[index];
  return (
    <section class="verdict" aria-label="Verdict" aria-busy={busy.value}>
      {sample && outcome && run.value ? (
        <Answer
          run={run.value}
          sample={sample}
          outcome={outcome}
          speed={state.speed.value}
          replayed={replayed.value}
          quote={many}
          stale={!many && run.value.status !== 'running' && (busy.value || sample.text !== text.value)}
        />
      ) : (
        <p class="empty">{emptyWords(state)}</p>
      )}
      <p class="visually-hidden" role="status" aria-label="Result">
        {announcement.value}
      </p>
    </section>
  );
}

function emptyWords({ input, text, loading, run, trouble }: State): string {
  if (input.value === 'many') {
    return run.value ? 'Point at a text to see its verdict.' : 'Paste some lines, drop a file, or try our sentences.';
  }
  if (text.value.trim() === '') return 'Write a sentence above, or pick an example.';
  if (loading.value.status === 'loading') return 'The model is on its way; your text is read as soon as it is here.';
  if (loading.value.status === 'failed') return 'Without a model there is no verdict.';
  return trouble.value ? 'There is no verdict on this text.' : 'Reading …';
}

interface AnswerProps {
  run: Run;
  sample: Sample;
  outcome: Outcome;
  speed: number;
  replayed: boolean;
  /** Whether to say which text it is about. */
  quote: boolean;
  /** Whether the text has changed since. */
  stale: boolean;
}

function Answer({ run, sample, outcome, speed, replayed, quote, stale }: AnswerProps) {
  const { belief, right } = outcome;
  const { verdict } = sample;
  const { labels, layers } = run;
  const said = belief && answer(belief);
  return (
    <div class={stale ? 'answer stale' : 'answer'}>
      {quote && <blockquote>{excerpt(sample.text, 140)}</blockquote>}
      {belief && said ? (
        <>
          <p class="headline">
            <strong>{labelWords(said.classes, labels)}</strong> <span>{percent(said.score)}</span>
            {right !== undefined && (
              <span class={right ? 'judged right' : 'judged wrong'}>
                <InlineMark right={right} /> {right ? 'right' : `wrong: it is ${labelWords(sample.gold!, labels)}`}
              </span>
            )}
            {replayed && <span class="tag">replayed</span>}
          </p>
          <p class="exit">
            {leftAt(belief.exit, layers)}, at uncertainty {gateWords(belief.uncertainty, speed)}
          </p>
        </>
      ) : run.status === 'running' && sample.waitsFor !== undefined ? (
        <Provisional sample={sample} layer={sample.waitsFor} labels={labels} />
      ) : (
        <p class="headline">
          <span>
            {run.status === 'running'
              ? `reading${sample.trajectory.length > 0 ? `: past ${exitName(sample.trajectory.at(-1)!.exit)}` : ' …'}`
              : replayed
                ? 'It would leave elsewhere than recorded; let go to run it.'
                : 'no verdict'}
          </span>
        </p>
      )}
      {verdict && (
        <p class="measured">
          {replayed ? 'Not timed at this speed: that happens when you let go.' : timeWords(run, sample)}
        </p>
      )}
      {verdict && (
        <p class="note">
          {verdict.truncated
            ? `The text has more than ${verdict.tokens} tokens; only the first ${verdict.tokens} were read.`
            : `${verdict.tokens} tokens`}
        </p>
      )}
    </div>
  );
}

/** What the model believes so far, while the next layer is still on its way. */
function Provisional({ sample, layer, labels }: { sample: Sample; layer: number; labels: readonly string[] }) {
  const last = sample.trajectory.at(-1)!;
  const { classes, score } = answer(last);
  return (
    <>
      <p class="headline">
        <strong>{labelWords(classes, labels)}</strong> <span>{percent(score)}</span>
        <span class="tag">provisional</span>
      </p>
      <p class="exit">
        What {exitName(last.exit)} says; layer {layer} is still loading.
      </p>
    </>
  );
}

/** Rounded, unless that would make the two sides equal. */
function gateWords(uncertainty: number, speed: number): string {
  const short = uncertainty.toFixed(2);
  if (uncertainty >= speed) return `${short}: the last layer always answers`;
  return `${short === speed.toFixed(2) ? uncertainty.toFixed(4) : short} < ${speed.toFixed(2)}`;
}

/** Only what was measured, and of how much. */
function timeWords({ mode, layers }: Run, { verdict }: Sample): string {
  const table = verdict && stageTable([verdict]);
  if (!table) return '';
  const { exit } = verdict;
  const time = `measured: ${milliseconds(table.needed)}`;
  const needed = exit === 0 ? `${time} up to the embeddings' exit` : `${time} for the ${count(exit, 'layer')} it needed`;
  if (mode === 'fast' || exit === layers) return `${needed}.`;
  return `${needed}; all ${layers} took ${milliseconds(table.whole)}.`;
}
