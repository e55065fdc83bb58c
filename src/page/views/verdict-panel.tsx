/** The answer for one text: the only one, or the one in focus among many. */

import { answer, type Outcome, type Sample } from '../outcome.js';
import type { Run, State } from '../state.js';
import { InlineMark } from '../charts/marks.js';
import { own } from '../tasks/index.js';
import { answerWords, excerpt, labelWords, percent } from '../wording.js';
import { words } from '../words/index.js';
import { later } from './later.js';
import type { PageProps } from './page.js';

const Measured = later(async () => (await import('./further.js')).Measured);
const Correction = later(async () => (await import('./own-labels.js')).Correction);

export function VerdictPanel({ state, actions }: PageProps) {
  const { task, run, outcomes, replayed, focus, busy, input, text, announcement } = state;
  const recordedOn = run.value?.recordedOn;
  const many = input.value === 'many' || recordedOn !== undefined;
  const samples = run.value?.samples ?? [];
  // One text's answer, or two side by side; of many the one in focus.
  const shown = many ? [focus.value.sample ?? -1] : samples.map((_, index) => index);
  const [one, other = ''] = [text.value, state.second.value];
  const isWritten = (read: Sample['text']): boolean =>
    typeof read === 'string' ? read === one || read === other : read.text === one && read.text_pair === other;
  const answers = shown.flatMap((index) => {
    const [sample, outcome] = [samples[index], outcomes.value[index]];
    return sample && outcome ? [{ index, sample, outcome }] : [];
  });
  return (
    <section class={recordedOn ? 'verdict recorded' : 'verdict'} aria-label={recordedOn ? words.value.recorded.name : words.value.verdict.name} aria-busy={busy.value}>
      {recordedOn && (
        <p class="note">
          <span class="tag">{words.value.recorded.tag}</span> {words.value.recorded.note(run.value!.samples.length, recordedOn)}
        </p>
      )}
      {answers.length > 0 ? (
        <div class="answers">
          {answers.map(({ index, sample, outcome }) => (
            <Answer
              key={index}
              run={run.value!}
              sample={sample}
              outcome={outcome}
              speed={state.speed.value}
              replayed={replayed.value}
              quote={many || answers.length > 1}
              stale={!many && run.value!.status !== 'running' && (busy.value || !isWritten(sample.text))}
            />
          ))}
        </div>
      ) : (
        <p class="empty">{emptyWords(state)}</p>
      )}
      {task.value === own && answers.map(({ index, sample }) => <Correction key={index} state={state} actions={actions} text={sample.text} />)}
      <p class="visually-hidden" role="status" aria-label={words.value.verdict.result}>
        {announcement.value}
      </p>
    </section>
  );
}

function emptyWords({ input, text, second, pairs, loading, run, trouble }: State): string {
  const said = words.value.verdict;
  if (run.value?.recordedOn) return words.value.recorded.point;
  if (input.value === 'many') return run.value ? said.point : said.giveMany;
  if (pairs.value && !(text.value.trim() && second.value?.trim())) return said.givePair;
  if (text.value.trim() === '') return said.giveOne;
  if (loading.value.status === 'loading') return said.onItsWay;
  if (loading.value.status === 'untaught') return said.untaught;
  if (loading.value.status === 'offered') return said.offered;
  if (loading.value.status === 'failed') return said.noModel;
  return trouble.value ? said.noVerdict : said.readingSoon;
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
  const { verdict: say, exit: exits, right: rightly, replayed: again } = words.value;
  return (
    <div class={stale ? 'answer stale' : 'answer'}>
      {quote && <blockquote>{excerpt(sample.text, 140)}</blockquote>}
      {belief && said ? (
        <>
          <p class="headline">
            <strong>{answerWords(belief, labels)}</strong> <span>{percent(said.score)}</span>
            {right !== undefined && (
              <span class={right ? 'judged right' : 'judged wrong'}>
                <InlineMark right={right} /> {right ? rightly : say.wrong(labelWords(sample.gold!, labels))}
              </span>
            )}
            {replayed && <span class="tag">{again}</span>}
          </p>
          <p class="exit">
            {say.left(exits.left(belief.exit, layers), gateWords(belief.uncertainty, speed))}
          </p>
        </>
      ) : run.status === 'running' && sample.trajectory.length > 0 ? (
        <Provisional sample={sample} labels={labels} />
      ) : (
        <p class="headline">
          <span>
            {run.status === 'running' ? say.reading : replayed ? say.elsewhere : say.none}
          </span>
        </p>
      )}
      {verdict && <Measured run={run} text={sample.text} verdict={verdict} belief={belief} replayed={replayed} />}
    </div>
  );
}

/** What the model believes so far: the next layer still runs, or is still on its way. */
function Provisional({ sample, labels }: { sample: Sample; labels: readonly string[] }) {
  const last = sample.trajectory.at(-1)!;
  const { score } = answer(last);
  const { verdict: said, exit: exits } = words.value;
  return (
    <>
      <p class="headline">
        <strong>{answerWords(last, labels)}</strong> <span>{percent(score)}</span>
        <span class="tag">{said.provisional}</span>
      </p>
      <p class="exit">
        {sample.waitsFor === undefined
          ? said.past(exits.name(last.exit), last.uncertainty.toFixed(2))
          : said.soFar(exits.name(last.exit), sample.waitsFor)}
      </p>
    </>
  );
}

/** Rounded, unless that would make the two sides equal. */
function gateWords(uncertainty: number, speed: number): string {
  const short = uncertainty.toFixed(2);
  if (uncertainty >= speed) return words.value.verdict.lastAnswers(short);
  return `${short === speed.toFixed(2) ? uncertainty.toFixed(4) : short} < ${speed.toFixed(2)}`;
}
