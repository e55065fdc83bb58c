/** Renames a label, merges it into another, or takes it away. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ownWords } from '../own/words.js';
import { goHome } from './own-home.js';
import type { LessonsProps } from './own-props.js';

interface ChangeProps extends LessonsProps {
  label: string;
  onClose(): void;
}

export function OwnChange({ lessons, label, onClose }: ChangeProps) {
  const name = useSignal(label);
  const others = lessons.labels.value.filter((other) => other !== label);
  const into = useSignal(others[0]);
  const box = useRef<HTMLInputElement>(null);
  const said = ownWords.value;
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="own-change" role="group" aria-label={said.changeLabel(label)} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.value.trim() === label) return onClose();
          // This card goes with its label.
          goHome(event.currentTarget);
          if (!lessons.renameLabel(label, name.value)) box.current?.focus();
        }}
      >
        <label>
          <span>{said.name}</span>
          <input ref={box} value={name.value} autocomplete="off" onInput={(event) => (name.value = event.currentTarget.value)} />
        </label>
        <button type="submit">{said.rename}</button>
      </form>
      {into.value !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            goHome(event.currentTarget);
            lessons.mergeLabel(label, into.value!);
          }}
        >
          <label>
            <span>{said.mergeInto}</span>
            <select value={into.value} onChange={(event) => (into.value = event.currentTarget.value)}>
              {others.map((other) => (
                <option key={other}>{other}</option>
              ))}
            </select>
          </label>
          <button type="submit">{said.merge}</button>
        </form>
      )}
      <p class="buttons">
        <button type="button" 
          onClick={(event) => {
            goHome(event.currentTarget);
            lessons.removeLabel(label);
          }}
        >
          {said.takeAway}
        </button>
        <button type="button" onClick={onClose}>
          {said.close}
        </button>
      </p>
      <p class="note">{said.takeAwayNote}</p>
    </div>
  );
}
