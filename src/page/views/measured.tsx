/** What is told of a text beside its answer once the model has really read it: how long it took, and how much could be read. */

import type { Belief } from '../../core/index.js';
import { stageTable } from '../charts/stage-parts.js';
import { saysNothing, type Sample } from '../outcome.js';
import type { Run } from '../state.js';
import { deviceName, milliseconds } from '../wording.js';
import { words } from '../words/index.js';
import { later } from './later.js';

const Passages = later(async () => (await import('./passages.js')).Passages);

interface MeasuredProps {
  run: Run;
  text: Sample['text'];
  verdict: NonNullable<Sample['verdict']>;
  /** Where it leaves, as far as that is known. */
  belief: Belief | undefined;
  replayed: boolean;
}

export function Measured({ run, text, verdict, belief, replayed }: MeasuredProps) {
  const { tokens, windows, truncated, unknown } = verdict;
  const say = words.value.verdict;
  return (
    <>
      <p class="measured">{replayed ? say.untimed : timeWords(run, verdict)}</p>
      <p class="note">{truncated && !windows ? say.truncated(tokens) : say.tokens(tokens)}</p>
      {saysNothing(verdict) ? (
        <p class="note">{say.unread}</p>
      ) : (
        unknown > 0 && <p class="note">{say.unknown(unknown)}</p>
      )}
      {windows && belief && <Passages run={run} text={text as string} verdict={verdict} windows={windows} belief={belief} />}
    </>
  );
}

/** Only what was measured, and of how much. */
function timeWords({ mode, layers }: Run, verdict: MeasuredProps['verdict']): string {
  const table = stageTable([verdict]);
  if (!table) return '';
  const { exit } = verdict;
  const said = words.value.verdict;
  const [time, device] = [milliseconds(table.needed), deviceName(verdict.device)];
  const needed = exit === 0 ? said.timeAtZero(time, device) : said.time(time, device, exit);
  if (mode === 'fast' || exit === layers) return said.sentence(needed);
  return said.fullTime(needed, layers, milliseconds(table.whole));
}
