/** Two texts that are read together, classified while one types. */

import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function InputPair({ state, actions }: PageProps) {
  const { first, other, pairPlaceholder } = words.value.input;
  return (
    <>
      <Box label={first} text={state.text.value} placeholder={pairPlaceholder} onWrite={actions.write} />
      <Box label={other} text={state.second.value ?? ''} placeholder={pairPlaceholder} onWrite={actions.compare} />
    </>
  );
}

interface BoxProps {
  label: string;
  text: string;
  placeholder: string;
  onWrite(text: string): void;
}

function Box({ label, text, placeholder, onWrite }: BoxProps) {
  return (
    <label class="box">
      <span>{label}</span>
      <textarea rows={3} spellcheck={false} placeholder={placeholder} value={text} onInput={(event) => onWrite(event.currentTarget.value)} />
    </label>
  );
}
