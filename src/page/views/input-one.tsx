/** A text that is classified while one types, and sentences to start from. */

import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function InputOne({ state, actions }: PageProps) {
  const text = state.text.value;
  const { id, examples } = state.task.value;
  const { input: said, tasks, kinds } = words.value;
  return (
    <>
      <label class="box">
        <span>{said.text}</span>
        <textarea
          rows={4}
          spellcheck={false}
          placeholder={tasks[id].placeholder}
          value={text}
          onInput={(event) => actions.write(event.currentTarget.value)}
        />
      </label>
      <div class="examples" role="group" aria-label={said.examples}>
        <span aria-hidden="true">{said.tryOne}</span>
        {examples.map(({ kind, text: example }) => (
          <button
            key={kind}
            type="button"
            title={example}
            aria-pressed={text === example}
            onClick={() => actions.write(example)}
          >
            {kinds[kind]}
          </button>
        ))}
      </div>
    </>
  );
}
