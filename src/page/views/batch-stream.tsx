/** What happens now: a row a text, a cell a layer, filling until the text leaves. */

import { useComputed } from '@preact/signals';
import { moveFocusAmong } from '../charts/focus-keys.js';
import { usePointing } from '../charts/use-pointing.js';
import type { Focus } from '../state.js';
import '../styles/stream.css';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';
import { StreamFilters } from './stream-filters.js';
import { StreamHead } from './stream-head.js';
import { StreamRow } from './stream-row.js';
import { StreamShown } from './stream-shown.js';

/** More rows would make scrolling stutter; the figures show all texts. */
const MOST_ROWS = 1000;

/** The column of answers, in rem: a character, the mark and the room beside a name, and at most. */
const LABEL = { character: 0.5, beside: 2, most: 13 };
/** How many times as wide it is with the full answers, which are in small type. */
const WITH_FULL = 1.85;

/** Reads only what the table's shape depends on: each row follows its own text. */
export function BatchStream({ state, actions }: PageProps) {
  const texts = useComputed(() => state.run.value?.samples.length ?? 0).value;
  const layers = useComputed(() => state.run.value?.layers ?? 0).value;
  const longest = useComputed(() => Math.max(0, ...(state.run.value?.labels ?? []).map((name) => name.length))).value;
  const answers = useComputed(() => (state.view.value.only === 'disagree' ? WITH_FULL : 1)).value;
  const labelWidth = answers * Math.min(LABEL.most, longest * LABEL.character + LABEL.beside);
  const focused = useComputed(() => state.focus.value.sample);
  const pointing = usePointing<HTMLDivElement>(
    (_, target) => actions.focusOn(pointedAt(target, state.shown.peek())),
    () => actions.focusOn({}),
  );
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
        {...pointing}
      >
        {rows.length > 0 && (
          // Roles are said, because browsers take them from a table that is laid out as something else.
          <table
            role="table"
            aria-label={stream.table}
            class={state.replayed.value ? 'replayed' : undefined}
            style={{ '--exits': layers + 1, '--label': `${labelWidth}rem` }}
          >
            <StreamHead state={state} actions={actions} layers={layers} />
            <tbody role="rowgroup">
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

/** The text whose row it is and, in a layer's cell, the layer; nothing in the table's head. */
function pointedAt(target: Element, rows: readonly number[]): Focus {
  const row = target.closest<HTMLTableRowElement>('tbody tr');
  if (!row) return {};
  const sample = rows[row.sectionRowIndex];
  const cell = target.closest('.cell');
  return cell ? { sample, layer: [...row.querySelectorAll('.cell')].indexOf(cell) } : { sample };
}
