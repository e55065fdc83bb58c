/** What happens now: a row a text, a cell a layer, filling until the text leaves. */

import { useComputed } from '@preact/signals';
import { moveFocus } from '../charts/focus-keys.js';
import { exitTick } from '../wording.js';
import type { PageProps } from './page.js';
import { StreamRow } from './stream-row.js';

/** More rows would make scrolling stutter; the figures show all texts. */
const MOST_ROWS = 1000;

/** Reads only what the table's shape depends on: each row follows its own text. */
export function BatchStream({ state, actions }: PageProps) {
  const texts = useComputed(() => state.run.value?.samples.length ?? 0).value;
  const layers = useComputed(() => state.run.value?.layers ?? 0).value;
  const focused = useComputed(() => state.focus.value.sample);
  if (texts === 0) return null;
  const rows = Math.min(texts, MOST_ROWS);
  return (
    <section class="stream">
      <h2>Text by text</h2>
      <p class="note">
        A cell a layer: the stronger its colour, the less sure; only outlined beyond the exit.
        {state.replayed.value && ' Times are hidden: at this speed nothing has run yet.'}
        {texts > rows && ` The first ${rows.toLocaleString('en')} rows; ${(texts - rows).toLocaleString('en')} more are in the figures.`}
      </p>
      <div
        class="scroller"
        role="group"
        aria-label="Batch stream: arrow keys go through texts and layers, Escape lets go"
        tabIndex={0}
        onKeyDown={(event) => {
          const next = moveFocus(state.focus.value, event.key, rows, layers);
          if (!next) return;
          event.preventDefault();
          actions.focusOn(next);
          const row = next.sample === undefined ? null : event.currentTarget.querySelectorAll('tbody tr')[next.sample];
          row?.scrollIntoView({ block: 'nearest' });
        }}
        onPointerLeave={(event) => event.pointerType === 'mouse' && actions.focusOn({})}
      >
        <table aria-label="Batch stream" class={state.replayed.value ? 'replayed' : undefined}>
          <thead>
            <tr>
              <th scope="col">Text</th>
              {Array.from({ length: layers + 1 }, (_, exit) => (
                <th key={exit} scope="col" class="cell">
                  {exitTick(exit)}
                </th>
              ))}
              <th scope="col" class="label">
                label
              </th>
              <th scope="col">score</th>
              <th scope="col">exit</th>
              <th scope="col">uncertainty</th>
              <th scope="col">ms</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, index) => (
              <StreamRow key={index} index={index} state={state} actions={actions} focused={focused} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
