/** The batch stream's column names; those that sort are buttons. */

import type { ComponentChildren } from 'preact';
import type { SortKey } from '../stream-view.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function StreamHead({ state, actions, layers }: PageProps & { layers: number }) {
  const { sort, descending } = state.view.value;
  const { stream, exit: exits, uncertainty } = words.value;
  const sorting = (key: SortKey, name: ComponentChildren) => (
    <th role="columnheader" scope="col" class={key} aria-sort={key === sort ? (descending ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => actions.sortBy(key)}>
        {name}
      </button>
    </th>
  );
  return (
    <thead role="rowgroup">
      <tr role="row">
        {sorting(
          'given',
          <>
            #<span class="visually-hidden"> {stream.given}</span>
          </>,
        )}
        <th role="columnheader" scope="col">{stream.text}</th>
        {Array.from({ length: layers + 1 }, (_, exit) => (
          <th key={exit} role="columnheader" scope="col" class="cell">
            {exits.tick(exit)}
          </th>
        ))}
        {sorting('label', stream.label)}
        {sorting('score', stream.score)}
        {sorting('exit', stream.exit)}
        {sorting('uncertainty', uncertainty)}
        {sorting('ms', 'ms')}
      </tr>
    </thead>
  );
}
