/** Names another label. */

import { useSignal } from '@preact/signals';
import { ownWords } from '../own/words.js';
import type { LessonsProps } from './own-labels.js';

export function OwnNewLabel({ lessons }: LessonsProps) {
  const name = useSignal('');
  const { newLabel, addLabel } = ownWords.value;
  return (
    <form
      class="own-card own-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (lessons.addLabel(name.value)) name.value = '';
      }}
    >
      <label class="box">
        <span>{newLabel}</span>
        <input value={name.value} autocomplete="off" onInput={(event) => (name.value = event.currentTarget.value)} />
      </label>
      <button type="submit">{addLabel}</button>
    </form>
  );
}
