/** Which label a text has, at one press; of many labels, out of a list. */

import { ownWords } from '../own/words.js';
import type { LessonsProps } from './own-props.js';

/** More would be a wall of buttons. */
const MOST_BUTTONS = 8;

interface ChoiceProps extends LessonsProps {
  name: string;
  /** The one that stands first, and what stands behind it. */
  first?: string;
  after?: string;
  /** The label that it has. */
  chosen: string | undefined;
  onChoose(label: string): void;
}

export function OwnChoice({ lessons, name, first, after, chosen, onChoose }: ChoiceProps) {
  const labels = lessons.labels.value;
  const ordered = first === undefined ? labels : labels.toSorted((a, b) => Number(b === first) - Number(a === first));
  if (labels.length > MOST_BUTTONS) {
    return (
      <select aria-label={name} value={chosen ?? ''} onChange={({ currentTarget: { value } }) => value !== '' && onChoose(value)}>
        <option value="">{ownWords.value.noLabel}</option>
        {ordered.map((label) => (
          <option key={label}>{label}</option>
        ))}
      </select>
    );
  }
  return (
    <div class="examples" role="group" aria-label={name}>
      {ordered.map((label) => (
        <button key={label} type="button" aria-pressed={chosen === label} onClick={() => onChoose(label)}>
          {label}
          {label === first && <span class="note"> {after}</span>}
        </button>
      ))}
    </div>
  );
}
