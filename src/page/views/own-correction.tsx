/** Under an answer: what the text really is, to be learnt at once. */

import type { TextOrPair } from '../../index.js';
import { lessonsHere } from '../own/here.js';
import { ownWords } from '../own/words.js';
import { excerpt } from '../wording.js';
import { OwnChoice } from './own-choice.js';
import type { PageProps } from './page.js';

export function Correction({ actions, text }: PageProps & { text: TextOrPair }) {
  const lessons = lessonsHere(actions);
  const said = ownWords.value;
  if (typeof text !== 'string' || lessons.phase.value !== 'open' || lessons.opened.value !== undefined) return null;
  const taught = lessons.texts.value.find((one) => one.text === text && one.label !== undefined)?.label;
  return (
    <div class="own-correction">
      <p class="note">
        <strong>{said.correction}</strong> {said.correctionNote}
      </p>
      <OwnChoice lessons={lessons} name={said.correctIn(excerpt(text))} chosen={taught} onChoose={(label) => lessons.correct(text, label)} />
    </div>
  );
}
