/** One text or many: the choice, and the box that goes with it. */

import type { InputMode } from '../state.js';
import { MOST_EXPLORED } from '../actions/run.js';
import { words } from '../words/index.js';
import { InputOne } from './input-one.js';
import { later } from './later.js';
import { ModelOffer } from './model-offer.js';
import type { PageProps } from './page.js';

const InputMany = later(async () => (await import('./input-many.js')).InputMany);
const InputPair = later(async () => (await import('./input-pair.js')).InputPair);

const modes: readonly InputMode[] = ['one', 'many'];

export function InputPanel({ state, actions }: PageProps) {
  const input = state.input.value;
  const Input = input === 'many' ? InputMany : state.pairs.value ? InputPair : InputOne;
  const said = words.value.input;
  return (
    <section class="input" aria-label={said.name}>
      <fieldset class="modes">
        <legend class="visually-hidden">{said.name}</legend>
        {modes.map((mode) => (
          <label key={mode}>
            <input type="radio" name="input" checked={mode === input} onChange={() => actions.chooseInput(mode)} />
            <span>{said[mode]}</span>
          </label>
        ))}
      </fieldset>
      <ModelOffer state={state} actions={actions} />
      <Input state={state} actions={actions} />
      <label class="choice">
        <input
          type="checkbox"
          checked={state.reallyStop.value}
          onChange={(event) => actions.stopReally(event.currentTarget.checked)}
        />
        <span>
          {said.reallyStop}
          <small>{input === 'one' ? said.exploresOne : said.exploresMany(MOST_EXPLORED)}</small>
        </span>
      </label>
    </section>
  );
}
