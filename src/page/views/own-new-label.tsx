/** Names another label. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ownWords } from '../own/words.js';
import type { LessonsProps } from './own-props.js';

export function OwnNewLabel({ lessons }: LessonsProps) {
  const name = useSignal('');
  const box = useRef<HTMLInputElement>(null);
  const { newLabel, addLabel } = ownWords.value;
  useEffect(() => {
    // That is what beginning with nothing goes on with.
    if (lessons.labels.peek().length === 0) box.current?.focus();
  }, [lessons]);
  return (
    <form
      class="own-card own-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (!lessons.addLabel(name.value)) return;
        name.value = '';
        // Where labels have become many it stands elsewhere now.
        requestAnimationFrame(() => box.current?.focus());
      }}
    >
      <label class="box">
        <span>{newLabel}</span>
        <input ref={box} value={name.value} autocomplete="off" onInput={(event) => (name.value = event.currentTarget.value)} />
      </label>
      <button type="submit">{addLabel}</button>
    </form>
  );
}
