/** What every figure has: a caption, a drawing, its numbers as a table, and itself as a file. */

import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Numbers, type NumbersTable } from './numbers.js';
import { Save } from './save.js';

interface FigureProps {
  /** Also in the name of its file. */
  class: string;
  title: string;
  /** A line under the title: what is shown, of how many. */
  note?: ComponentChildren;
  numbers?: NumbersTable | undefined;
  children: ComponentChildren;
}

export function Figure({ class: name, title, note, numbers, children }: FigureProps) {
  const ref = useRef<HTMLElement>(null);
  return (
    <figure class={`figure ${name}`} ref={ref}>
      <figcaption>
        <h2>{title}</h2>
        {note !== undefined && <p class="note">{note}</p>}
      </figcaption>
      {children}
      <div class="figure-foot">
        {numbers && <Numbers {...numbers} />}
        <Save figure={ref} name={name} title={title} />
      </div>
    </figure>
  );
}
