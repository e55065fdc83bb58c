/** Where the time went: of the only text, of the one in focus, or of all as a mean. */

import { Figure } from '../charts/figure.js';
import { stageTable, type StageTable } from '../charts/stage-parts.js';
import { StageTimes } from '../charts/stage-times.js';
import type { Run, State } from '../state.js';
import { deviceName, milliseconds } from '../wording.js';
import type { PageProps } from './page.js';

export function StageFigure({ state }: PageProps) {
  const run = state.run.value;
  const verdicts = run ? timed(run, state) : [];
  const table = stageTable(verdicts);
  if (!run || !table) return null;
  const device = deviceName(verdicts[0]!.device);
  const words = totals(table);
  const onGpu = verdicts[0]!.device === 'webgpu';
  return (
    <Figure
      class="stage-times"
      title="Where the time goes"
      note={
        <>
          Measured on {device} at speed {run.speed.toFixed(2)}
          {table.n > 1 ? `, mean of ${table.n.toLocaleString('en')} texts` : ', this one run'}. {words}.
          {onGpu && ` Of it ${milliseconds(table.readback)} waiting for the GPU's answers.`}
        </>
      }
      numbers={{
        caption: 'Milliseconds by stage',
        head: ['Stage', 'time', ''],
        rows: () =>
          table.parts.map(({ name, milliseconds: time, needed }) => [
            name,
            milliseconds(time),
            needed ? '' : 'beyond the exit',
          ]),
      }}
    >
      <StageTimes table={table} summary={`Stage times. ${words}.`} />
    </Figure>
  );
}

function timed(run: Run, { focus }: State) {
  const all = run.samples.flatMap(({ verdict }) => verdict ?? []);
  const focused = focus.value.sample === undefined ? undefined : run.samples[focus.value.sample]?.verdict;
  return focused ? [focused] : all;
}

function totals({ needed, whole }: StageTable): string {
  if (needed === whole) return `${milliseconds(needed)} in all`;
  return `${milliseconds(needed)} until it left, ${milliseconds(whole)} with the layers beyond`;
}
