/** What happens now: a row a text, a cell a layer, filling until the text leaves. */

import { useComputed } from '@preact/signals';
import { moveFocusAmong } from '../charts/focus-keys.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';
import { StreamFilters } from './stream-filters.js';
import { StreamHead } from './stream-head.js';
import { StreamRow } from './stream-row.js';
import { StreamShown } from './stream-shown.js';

/** More rows would make scrolling stutter; the figures show all texts. */
const MOST_ROWS = 1000;

/** Reads only what the table's shape depends on: each row follows its own text. */
export function BatchStream({ state, actions }: PageProps) {
  const texts = useComputed(() => state.run.value?.samples.length ?? 0).value;
  const layers = useComputed(() => state.run.value?.layers ?? 0).value;
  const focused = useComputed(() => state.focus.value.sample);
  if (texts === 0) return null;
  const shown = state.shown.value;
  const rows = shown.slice(0, MOST_ROWS);
  const { stream } = words.value;
  return (
    <section class="stream">
      <h2>{stream.title}</h2>
      <p class="note">
        {stream.note}
        {state.replayed.value && stream.untimed}
        {shown.length > rows.length && stream.firstRows(rows.length, shown.length - rows.length)}
      </p>
      <StreamFilters state={state} actions={actions} />
      <StreamShown state={state} actions={actions} />
      <div
        class="scroller"
        role="group"
        aria-label={stream.keys}
        tabIndex={0}
        onKeyDown={(event) => {
          const next = moveFocusAmong(rows, state.focus.value, event.key, layers);
          if (!next) return;
          event.preventDefault();
          actions.focusOn(next);
          const at = next.sample === undefined ? -1 : rows.indexOf(next.sample);
          event.currentTarget.querySelectorAll('tbody tr')[at]?.scrollIntoView({ block: 'nearest' });
        }}
        onPointerLeave={(event) => event.pointerType === 'mouse' && actions.focusOn({})}
      >
        {rows.length > 0 && (
          <table aria-label={stream.table} class={state.replayed.value ? 'replayed' : undefined}>
            <StreamHead state={state} actions={actions} layers={layers} />
            <tbody>
              {rows.map((index) => (
                <StreamRow key={index} index={index} state={state} actions={actions} focused={focused} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
