/** Where the time went: of the only text, of the one in focus, or of all as a mean. */

import { Figure } from '../charts/figure.js';
import { stageTable, type StageTable } from '../charts/stage-parts.js';
import { StageTimes } from '../charts/stage-times.js';
import type { Run, State } from '../state.js';
import { devicesInWords, milliseconds } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function StageFigure({ state }: PageProps) {
  const run = state.run.value;
  const verdicts = run ? timed(run, state) : [];
  const table = stageTable(verdicts);
  if (!run || !table) return null;
  const device = devicesInWords(verdicts);
  const said = words.value.stages;
  const inAll = totals(table);
  const speed = run.speed.toFixed(2);
  const onGpu = verdicts.some((verdict) => verdict.device === 'webgpu');
  return (
    <Figure
      class="stage-times"
      title={said.title}
      note={
        <>
          {table.n > 1 ? said.many(device, speed, table.n, inAll) : said.one(device, speed, inAll)}
          {onGpu && said.readback(milliseconds(table.readback))}
        </>
      }
      numbers={{
        caption: said.table,
        head: said.head,
        rows: () =>
          table.parts.map(({ name, milliseconds: time, needed }) => [
            name,
            milliseconds(time),
            needed ? '' : said.beyond,
          ]),
      }}
    >
      <StageTimes table={table} summary={said.summary(inAll)} />
    </Figure>
  );
}

function timed(run: Run, { focus }: State) {
  const all = run.samples.flatMap(({ verdict }) => verdict ?? []);
  const focused = focus.value.sample === undefined ? undefined : run.samples[focus.value.sample]?.verdict;
  return focused ? [focused] : all;
}

function totals({ needed, whole }: StageTable): string {
  const { inAll, until } = words.value.stages;
  return needed === whole ? inAll(milliseconds(needed)) : until(milliseconds(needed), milliseconds(whole));
}
