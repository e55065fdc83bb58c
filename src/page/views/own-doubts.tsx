/** Texts without a label that it is least sure of: what is said of these teaches it most. */

import { useRef } from 'preact/hooks';
import { ownWords } from '../own/words.js';
import { excerpt, percent } from '../wording.js';
import type { LessonsProps } from './own-props.js';
import { OwnChoice } from './own-choice.js';

const LONGEST = 200;

export function OwnDoubts({ lessons }: LessonsProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { doubts, texts } = lessons;
  const said = ownWords.value;
  if (doubts.value.length === 0) return null;
  const byId = new Map(texts.value.map((one) => [one.id, one]));
  return (
    <section class="own-doubts" aria-label={said.doubts}>
      <h3 ref={heading} tabIndex={-1}>
        {said.doubts}
      </h3>
      <p class="note">{said.doubtsNote}</p>
      <ul>
        {doubts.value.map(({ id, label, score }) => {
          const { text } = byId.get(id)!;
          return (
            <li key={id}>
              <p>{excerpt(text, LONGEST)}</p>
              <OwnChoice
                lessons={lessons}
                name={said.doubt(excerpt(text))}
                first={label}
                after={percent(score, 0)}
                chosen={undefined}
                onChoose={(one) => {
                  lessons.change(id, { label: one });
                  heading.current?.focus();
                }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
