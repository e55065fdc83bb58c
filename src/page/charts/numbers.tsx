/** A figure's numbers as a table, made once it is opened. */

import { useSignal } from '@preact/signals';
import { words } from '../words/index.js';

export interface NumbersTable {
  /** Names the table for screen readers. */
  caption: string;
  head: readonly string[];
  /** Called only while the table is open: with a thousand texts it is long. */
  rows(): readonly (readonly string[])[];
}

export function Numbers({ caption, head, rows }: NumbersTable) {
  const open = useSignal(false);
  return (
    <details class="numbers" onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>{words.value.figure.numbers}</summary>
      {open.value && (
        <div class="scroller" role="region" aria-label={caption} tabIndex={0}>
          <table aria-label={caption}>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map(([name, ...cells], row) => (
                <tr key={row}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
