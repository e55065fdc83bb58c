/** Before anything is taught: what it does, what it takes, and ways to begin. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { modelStorage } from '../../index.js';
import { examples, type Example } from '../own/examples.js';
import { ENCODER } from '../own/here.js';
import { ownWords } from '../own/words.js';
import { megabytes } from '../wording.js';
import { OwnFiles } from './own-files.js';
import { goHome } from './own-home.js';
import type { LessonsProps } from './own-props.js';
import type { PageProps } from './page.js';

export function OwnBegin({ state, actions, lessons }: PageProps & LessonsProps) {
  const missing = useSignal<number | undefined>(undefined);
  const said = ownWords.value;
  useEffect(() => {
    // Beginning says what is wrong, if anything is.
    modelStorage(ENCODER).then((storage) => (missing.value = storage.missing), () => {});
  }, [missing]);
  const begin = async (from: Element, example?: Example): Promise<void> => {
    goHome(from);
    await lessons.begin(example);
    if (example && lessons.phase.peek() === 'open' && state.text.peek().trim() === '') actions.write(example.tries);
  };
  return (
    <div class="own-begin">
      <p>{said.claim}</p>
      {missing.value !== undefined && <p class="note">{missing.value > 0 ? said.encoder(megabytes(missing.value)) : said.encoderHere}</p>}
      <p class="buttons">
        <button type="button" class="main" onClick={(event) => void begin(event.currentTarget)}>
          {lessons.trouble.value === said.elsewhere ? said.again : said.start}
        </button>
        <OwnFiles lessons={lessons} />
      </p>
      <div class="examples" role="group" aria-label={said.tryExample}>
        <span aria-hidden="true">{said.tryExample}</span>
        {examples.map((example) => (
          <button key={example.id} type="button" onClick={(event) => void begin(event.currentTarget, example)}>
            {said.examples[example.id]}
          </button>
        ))}
      </div>
      <p class="note">{said.chineseNote}</p>
      <p class="note">{said.fileNote}</p>
    </div>
  );
}
