/** A text that is classified while one types, and sentences to start from. */

import type { PageProps } from './page.js';

export function InputOne({ state, actions }: PageProps) {
  const text = state.text.value;
  const { placeholder, examples } = state.task.value;
  return (
    <>
      <label class="box">
        <span>Text</span>
        <textarea
          rows={4}
          spellcheck={false}
          placeholder={placeholder}
          value={text}
          onInput={(event) => actions.write(event.currentTarget.value)}
        />
      </label>
      <div class="examples" role="group" aria-label="Examples">
        <span aria-hidden="true">Or try one that is</span>
        {examples.map(({ kind, text: example }) => (
          <button
            key={kind}
            type="button"
            title={example}
            aria-pressed={text === example}
            onClick={() => actions.write(example)}
          >
            {kind}
          </button>
        ))}
      </div>
    </>
  );
}
