/** A text's row in the batch stream; redrawn only when something happened to its text. */

import { useComputed, type ReadonlySignal } from '@preact/signals';
import { InlineMark } from '../charts/marks.js';
import { stageTable } from '../charts/stage-parts.js';
import type { Belief } from '../../core/index.js';
import { fullBelief } from '../disagreement.js';
import { answer } from '../outcome.js';
import { answerWords, deviceName, excerpt, wholeText } from '../wording.js';
import { words } from '../words/index.js';
import { own } from '../tasks/index.js';
import { later } from './later.js';
import type { PageProps } from './page.js';

const OwnRow = later(async () => (await import('./own-labels.js')).OwnRow);

interface StreamRowProps extends PageProps {
  index: number;
  /** Changes with every move of the pointer: bound to the row's class, not drawn. */
  focused: ReadonlySignal<number | undefined>;
}

export function StreamRow({ index, state, actions, focused }: StreamRowProps) {
  const sample = useComputed(() => state.run.value?.samples[index]).value;
  const belief = useComputed(() => state.rested.outcomes.value[index]?.belief).value;
  const right = useComputed(() => state.rested.outcomes.value[index]?.right).value;
  // What the last layer says instead, where that is what one looks for.
  const full = useComputed(() => {
    const of = state.view.value.only === 'disagree' ? state.run.value : undefined;
    return of?.samples[index] && fullBelief(of.samples[index], of.layers);
  }).value;
  const current = useComputed(() => (focused.value === index ? 'focused' : ''));
  if (!sample) return null;
  // Both belong to the model that read the text, and change only with the text's sample.
  const { layers, labels } = state.run.peek()!;
  const { verdict, trajectory, text } = sample;
  const said = belief && answer(belief);
  const named = belief && answerWords(belief, labels);
  const fullNamed = full && words.value.stream.full(answerWords(full, labels));
  return (
    <tr role="row" class={current}>
      <td role="cell" class="number">{index + 1}</td>
      <th role="rowheader" scope="row">
        <span title={wholeText(text).slice(0, 500)}>{excerpt(text, 90)}</span>
      </th>
      {Array.from({ length: layers + 1 }, (_, exit) => (
        <Cell
          key={exit}
          exit={exit}
          belief={trajectory.find((one) => one.exit === exit)}
          left={belief?.exit}
        />
      ))}
      <td role="cell" class="label" title={[named, fullNamed].filter(Boolean).join(', ')}>
        {right !== undefined && <InlineMark right={right} />} {named !== undefined && state.task.value === own ? <OwnRow actions={actions} text={text} named={named} /> : named}
        {full && <span class="note"> {fullNamed}</span>}
      </td>
      <td role="cell" class="number">{said && `${(said.score * 100).toFixed(0)} %`}</td>
      <td role="cell" class="number">{belief && words.value.exit.tick(belief.exit)}</td>
      <td role="cell" class="number">{belief?.uncertainty.toFixed(2)}</td>
      <td role="cell" class="number time" title={verdict && deviceName(verdict.device)}>{verdict && stageTable([verdict])?.needed.toFixed(1)}</td>
    </tr>
  );
}

interface CellProps {
  exit: number;
  belief: Belief | undefined;
  left: number | undefined;
}

function Cell({ exit, belief, left }: CellProps) {
  const place = left === undefined || exit < left ? 'ran' : exit === left ? 'left' : 'beyond';
  return (
    <td role="cell" class="cell">
      {belief && (
        <span class={`shade ${place}`} style={{ '--unsure': `${Math.round(belief.uncertainty * 100)}%` }}>
          <span class="visually-hidden">{belief.uncertainty.toFixed(2)}</span>
        </span>
      )}
    </td>
  );
}
