/** What every figure has: a caption, a drawing, and its numbers as a table. */

import type { ComponentChildren } from 'preact';
import { Numbers, type NumbersTable } from './numbers.js';

interface FigureProps {
  class: string;
  title: string;
  /** A line under the title: what is shown, of how many. */
  note?: ComponentChildren;
  numbers?: NumbersTable | undefined;
  children: ComponentChildren;
}

export function Figure({ class: name, title, note, numbers, children }: FigureProps) {
  return (
    <figure class={`figure ${name}`}>
      <figcaption>
        <h2>{title}</h2>
        {note !== undefined && <p class="note">{note}</p>}
      </figcaption>
      {children}
      {numbers && <Numbers {...numbers} />}
    </figure>
  );
}
