/** A guided story of six steps at most, beside the figures that its words drive. */

import { useEffect, useRef } from 'preact/hooks';
import { opening, play } from '../story.js';
import { words } from '../words/index.js';
import type { Cue } from '../words/step.js';
import type { PageProps } from './page.js';

export function Story({ state, actions }: PageProps) {
  const step = state.step.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step === undefined) return;
    play(opening(step), actions);
    heading.current?.focus();
  }, [step, actions]);
  if (step === undefined) return null;
  const { name, step: place, next, back, close, end, steps } = words.value.story;
  const { title, body } = steps[step]!;
  const isLast = step === steps.length - 1;
  return (
    <section class="story" aria-label={name}>
      <p class="note">{place(step + 1, steps.length)}</p>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>
        {body.map((part) =>
          typeof part === 'string' ? (
            part
          ) : (
            <button key={part[1]} type="button" class="quiet" onClick={() => show(part[1])}>
              {part[0]}
            </button>
          ),
        )}
      </p>
      <p class="buttons">
        {step > 0 && (
          <button type="button" onClick={() => actions.tell(step - 1)}>
            {back}
          </button>
        )}
        <button type="button" class="main" onClick={() => actions.tell(isLast ? undefined : step + 1)}>
          {isLast ? end : next}
        </button>
        {!isLast && (
          <button type="button" onClick={() => actions.tell(undefined)}>
            {close}
          </button>
        )}
      </p>
    </section>
  );

  function show(cue: Cue): void {
    const figure = play(cue, actions);
    // Once it is drawn: some figures appear with what was pressed.
    requestAnimationFrame(() => document.querySelector(`.${figure}`)?.scrollIntoView({ block: 'start' }));
  }
}
