/** What would let the text leave at an exit, or answer otherwise there. Leaving the words out is a press of a button, and so is putting them back. */

import type { TextOrPair } from '../../index.js';
import type { Actions } from '../actions.js';
import { changesAt, exitOf, gateOf, lacking, missingPairs, partText, reasonsInView, wholeAt } from '../reasons.js';
import type { State } from '../state.js';
import { toFlip, toLeave, type Change } from '../what-if.js';
import { excerpt } from '../wording.js';
import { words } from '../words/index.js';
import { laterWords } from '../words/later/index.js';
import type { PageProps } from './page.js';
import type { ReasonsProps } from './words-figure.js';

/** What a press of the button did. */
export interface LeftOut {
  before: TextOrPair;
  after: TextOrPair;
  /** In words. */
  parts: string;
}

export function WhatIf({ state, actions, reasons, onLeftOut }: ReasonsProps & { onLeftOut(done: LeftOut): void }) {
  const { whatIf: said } = laterWords.value;
  const { labels } = state.info.value!;
  const { parts } = reasons.words;
  const speed = state.rested.speed.value;
  const [belief, gate] = [exitOf(reasons, state), gateOf(reasons, state)];
  const leave = toLeave(changesAt(reasons, gate, labels), parts, speed);
  const flip = toFlip(changesAt(reasons, belief, labels), parts, wholeAt(belief, labels));
  const searches = missingPairs(reasons, state).length > 0;
  const isLast = belief.exit === reasons.verdict.depth;
  const place = words.value.exit.after(gate.exit);
  const nameOf = (change: Change): string => change.parts.map((part) => said.part(excerpt(partText(reasons, parts[part]!), 40))).reduce(said.both);
  const answer = (of: readonly string[]): string => of.join(', ') || words.value.noLabel;
  const button = (change: Change) => (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        if (reasonsInView(state) !== reasons) return; // it is of the text before
        const after = lacking(reasons.text, change.parts.map((part) => parts[part]!));
        replace(state, actions, reasons.text, after);
        onLeftOut({ before: reasons.text, after, parts: nameOf(change) });
      }}
    >
      {said.leaveOut(nameOf(change))}
    </button>
  );
  return (
    <section class="what-if">
      <h2>{said.title}</h2>
      {isLast && <p>{said.last}</p>}
      {gate.uncertainty < speed ? (
        !isLast && <p>{said.leaves}</p>
      ) : leave ? (
        <p>
          {said.leave(nameOf(leave), place, gate.uncertainty.toFixed(2), leave.uncertainty.toFixed(2), speed.toFixed(2))}{' '}
          {leave.parts.join() !== flip?.parts.join() && button(leave)}
        </p>
      ) : (
        <p>{searches ? said.searching : said.noLeave(place)}</p>
      )}
      {flip ? (
        <p>
          {said.flip(nameOf(flip), answer(wholeAt(belief, labels).labels), answer(flip.labels))} {button(flip)}
        </p>
      ) : (
        !searches && <p>{said.noFlip}</p>
      )}
    </section>
  );
}

/** Offers to undo what was left out, while the text is still as that made it. */
export function PutBack({ state, actions, done }: PageProps & { done: LeftOut }) {
  const { whatIf: said } = laterWords.value;
  const { after, before, parts } = done;
  const [one, other] = [state.text.value, state.second.value];
  const isThere = typeof after === 'string' ? after === one || after === other : after.text === one && after.text_pair === other;
  if (!isThere || state.input.value === 'many') return null;
  return (
    <p class="put-back" role="status">
      {said.leftOut(parts)}{' '}
      <button type="button" class="quiet" onClick={() => replace(state, actions, after, before)}>
        {said.putBack}
      </button>
    </p>
  );
}

/** Puts a text in another's box; one out of many goes into the box for one. */
function replace(state: State, actions: Actions, one: TextOrPair, by: TextOrPair): void {
  if (state.input.peek() === 'many') actions.chooseInput('one');
  else if (typeof by === 'string' && state.second.peek() === one) return actions.compare(by);
  if (typeof by === 'string') return actions.write(by);
  actions.write(by.text);
  actions.compare(by.text_pair);
}
