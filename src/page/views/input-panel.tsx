/** One text or many: the choice, and the box that goes with it. */

import type { InputMode } from '../state.js';
import { MOST_EXPLORED } from '../actions/run.js';
import { InputMany } from './input-many.js';
import { InputOne } from './input-one.js';
import type { PageProps } from './page.js';

const modes: readonly [InputMode, string][] = [
  ['one', 'One text'],
  ['many', 'Many texts'],
];

export function InputPanel({ state, actions }: PageProps) {
  const input = state.input.value;
  return (
    <section class="input" aria-label="Input">
      <fieldset class="modes">
        <legend class="visually-hidden">Input</legend>
        {modes.map(([mode, name]) => (
          <label key={mode}>
            <input type="radio" name="input" checked={mode === input} onChange={() => actions.chooseInput(mode)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      {input === 'one' ? <InputOne state={state} actions={actions} /> : <InputMany state={state} actions={actions} />}
      <label class="choice">
        <input
          type="checkbox"
          checked={state.reallyStop.value}
          onChange={(event) => actions.stopReally(event.currentTarget.checked)}
        />
        <span>
          Really stop at the exit (fast)
          <small>
            {input === 'one'
              ? 'Otherwise the layers beyond it run too, for the figures.'
              : `Otherwise up to ${MOST_EXPLORED} texts run all layers, for the figures; more always stop.`}
          </small>
        </span>
      </label>
    </section>
  );
}
