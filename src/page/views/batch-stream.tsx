/** What happens now: a row a text, a cell a layer, filling until the text leaves. */

import { useComputed } from '@preact/signals';
import { moveFocus } from '../charts/focus-keys.js';
import { words } from '../words/index.js';
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
  const { stream, exit: exits, uncertainty } = words.value;
  return (
    <section class="stream">
      <h2>{stream.title}</h2>
      <p class="note">
        {stream.note}
        {state.replayed.value && stream.untimed}
        {texts > rows && stream.firstRows(rows, texts - rows)}
      </p>
      <div
        class="scroller"
        role="group"
        aria-label={stream.keys}
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
        <table aria-label={stream.table} class={state.replayed.value ? 'replayed' : undefined}>
          <thead>
            <tr>
              <th scope="col">{stream.text}</th>
              {Array.from({ length: layers + 1 }, (_, exit) => (
                <th key={exit} scope="col" class="cell">
                  {exits.tick(exit)}
                </th>
              ))}
              <th scope="col" class="label">
                {stream.label}
              </th>
              <th scope="col">{stream.score}</th>
              <th scope="col">{stream.exit}</th>
              <th scope="col">{uncertainty}</th>
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
