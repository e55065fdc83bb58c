/** A text that was taught: corrected, moved to another label, or deleted where it stands. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TaughtText, TextDoubt } from '../../index.js';
import { InlineMark } from '../charts/marks.js';
import { ownWords } from '../own/words.js';
import { excerpt, percent } from '../wording.js';
import type { LessonsProps } from './own-props.js';

/** Longer ones are cut until they are edited. */
const LONGEST = 160;

interface TextProps extends LessonsProps {
  text: TaughtText;
  /** What is said of it by what was learnt from the others. */
  opinion: TextDoubt | undefined;
  /** When it stands here no longer. */
  onGone(): void;
}

export function OwnText({ lessons, text: { id, text, label }, opinion, onGone }: TextProps) {
  const edits = useSignal(false);
  const editor = useRef<HTMLButtonElement>(null);
  const said = ownWords.value;
  const others = label !== undefined && opinion && opinion.label !== label ? opinion : undefined;
  return (
    <li>
      {edits.value ? (
        <Editor
          lessons={lessons}
          id={id}
          text={text}
          label={label}
          onGone={onGone}
          onClose={() => {
            edits.value = false;
            requestAnimationFrame(() => editor.current?.focus());
          }}
        />
      ) : (
        <>
          <span>
            {excerpt(text, LONGEST)}
            {others && (
              <span class="note">
                {' '}
                <InlineMark right={false} /> {said.saysInstead(others.label, percent(others.score, 0))}
              </span>
            )}
          </span>
          <button type="button" class="quiet" ref={editor} aria-label={said.editText(excerpt(text))} onClick={() => (edits.value = true)}>
            {said.edit}
          </button>
        </>
      )}
    </li>
  );
}

interface EditorProps extends LessonsProps, TaughtText {
  onGone(): void;
  onClose(): void;
}

function Editor({ lessons, id, text, label, onGone, onClose }: EditorProps) {
  const written = useSignal(text);
  const chosen = useSignal(label ?? '');
  const box = useRef<HTMLTextAreaElement>(null);
  const said = ownWords.value;
  useEffect(() => box.current?.focus(), []);
  const save = (): void => {
    const next = chosen.value === '' ? undefined : chosen.value;
    if (!lessons.change(id, { text: written.value, label: next })) return;
    if (next === label) onClose();
    else onGone();
  };
  return (
    <form
      class="own-editor"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea ref={box} rows={3} spellcheck={false} aria-label={said.text} value={written.value} onInput={(event) => (written.value = event.currentTarget.value)} />
      <select aria-label={said.label} value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
        {lessons.labels.value.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
        <option value="">{said.noLabel}</option>
      </select>
      <p class="buttons">
        <button type="submit" class="main">
          {said.save}
        </button>
        <button
          type="button"
          onClick={() => {
            lessons.remove(id);
            onGone();
          }}
        >
          {said.delete}
        </button>
        <button type="button" onClick={onClose}>
          {said.cancel}
        </button>
      </p>
    </form>
  );
}
