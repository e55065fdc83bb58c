/** What is told of a text beside its answer once the model has really read it: how long it took, and how much could be read. */

import { stageTable } from '../charts/stage-parts.js';
import { saysNothing, type Sample } from '../outcome.js';
import type { Run } from '../state.js';
import { deviceName, milliseconds } from '../wording.js';
import { words } from '../words/index.js';

interface MeasuredProps {
  run: Run;
  verdict: NonNullable<Sample['verdict']>;
  replayed: boolean;
}

export function Measured({ run, verdict, replayed }: MeasuredProps) {
  const { tokens, truncated, unknown } = verdict;
  const say = words.value.verdict;
  return (
    <>
      <p class="measured">{replayed ? say.untimed : timeWords(run, verdict)}</p>
      <p class="note">{truncated ? say.truncated(tokens) : say.tokens(tokens)}</p>
      {saysNothing(verdict) ? (
        <p class="note">{say.unread}</p>
      ) : (
        unknown > 0 && <p class="note">{say.unknown(unknown)}</p>
      )}
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
