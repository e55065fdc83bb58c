/** A text that is classified while one types, and sentences to start from. */

import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function InputOne({ state, actions }: PageProps) {
  const text = state.text.value;
  const second = state.second.value;
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
      {examples.length > 0 && <div class="examples" role="group" aria-label={said.examples}>
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
      </div>}
      {second === undefined ? (
        <button type="button" class="quiet" onClick={() => actions.compare(examples.find((one) => one.text !== text)?.text ?? '')}>
          {said.compare}
        </button>
      ) : (
        <>
          <label class="box">
            <span>{said.second}</span>
            <textarea
              rows={3}
              spellcheck={false}
              placeholder={tasks[id].placeholder}
              value={second}
              onInput={(event) => actions.compare(event.currentTarget.value)}
            />
          </label>
          <button type="button" class="quiet" onClick={() => actions.compare(undefined)}>
            {said.removeSecond}
          </button>
        </>
      )}
    </>
  );
}
