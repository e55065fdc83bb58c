/** Finds what is interesting among many texts: what they hold, how they were answered, where they left. */

import { useComputed } from '@preact/signals';
import { fullBelief } from '../disagreement.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function StreamFilters({ state, actions }: PageProps) {
  const { contains, only, label, exit } = state.view.value;
  const labels = useComputed(() => state.run.value?.labels ?? []).value;
  const layers = useComputed(() => state.run.value?.layers ?? 0).value;
  const judged = useComputed(() => state.run.value?.samples.some(({ gold }) => gold) ?? false).value;
  const { stream, exit: exits } = words.value;
  const toggle = (what: 'wrong' | 'disagree') => (
    <button
      type="button"
      aria-pressed={only === what}
      onClick={() => actions.filter({ only: only === what ? 'all' : what })}
    >
      {stream[what]}
    </button>
  );
  return (
    <div class="filters" role="group" aria-label={stream.filters}>
      <label>
        <span>{stream.contains}</span>
        <input type="search" value={contains} onInput={(event) => actions.filter({ contains: event.currentTarget.value })} />
      </label>
      <Choice name={stream.answer} of={labels} chosen={label} onChoose={(chosen) => actions.filter({ label: chosen })} />
      <Choice
        name={stream.leftAt}
        of={Array.from({ length: layers + 1 }, (_, i) => exits.tick(i))}
        chosen={exit}
        onChoose={(chosen) => actions.filter({ exit: chosen })}
      />
      {judged && toggle('wrong')}
      {toggle('disagree')}
      {only === 'disagree' && <FullAnswers state={state} actions={actions} />}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  of: readonly string[];
  chosen: number | undefined;
  onChoose(chosen: number | undefined): void;
}

/** One of several, by its number, or any. */
function Choice({ name, of, chosen, onChoose }: ChoiceProps) {
  return (
    <label>
      <span>{name}</span>
      <select
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : Number(value))}
      >
        <option value="">{words.value.stream.any}</option>
        {of.map((one, i) => (
          <option key={one} value={i}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Texts that stopped at their exits have no full answer to differ from, until they are read on. */
function FullAnswers({ state, actions }: PageProps) {
  const { samples, layers } = state.run.value!;
  const known = samples.filter((sample) => fullBelief(sample, layers)).length;
  if (known === samples.length) return null;
  const { stream, input } = words.value;
  return (
    <p class="full-answers">
      <span>{stream.fullKnown(known, samples.length)}</span>
      {state.busy.value ? (
        <button type="button" onClick={actions.cancel}>
          {input.cancel}
        </button>
      ) : (
        <button type="button" disabled={!state.info.value} onClick={() => void actions.readFully()}>
          {stream.readFully(samples.length)}
        </button>
      )}
    </p>
  );
}
