/** In a row of the batch stream: the answer as a choice, so that a wrong one is put right where it stands. */

import type { TextOrPair } from '../../index.js';
import { lessonsHere } from '../own/here.js';
import { ownWords } from '../own/words.js';
import { excerpt } from '../wording.js';
import type { PageProps } from './page.js';

interface RowProps extends Pick<PageProps, 'actions'> {
  text: TextOrPair;
  /** What is answered. */
  named: string;
}

export function OwnRow({ actions, text, named }: RowProps) {
  const lessons = lessonsHere(actions);
  if (typeof text !== 'string' || lessons.phase.value !== 'open' || lessons.opened.value !== undefined) return <>{named}</>;
  const labels = lessons.labels.value;
  return (
    <select
      class="own-row"
      aria-label={ownWords.value.correctIn(excerpt(text))}
      value={named}
      onChange={(event) => lessons.correct(text, event.currentTarget.value)}
    >
      {!labels.includes(named) && <option value={named}>{named}</option>}
      {labels.map((label) => (
        <option key={label}>{label}</option>
      ))}
    </select>
  );
}
