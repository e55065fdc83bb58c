/** The visitor's own labels: named, given texts, learnt, corrected, kept. Comes with its words and looks when it is opened. */

// oxlint-disable-next-line import/no-unassigned-import -- looks come with the code
import '../styles/own.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dropped, given } from '../own/given-files.js';
import { lessonsHere } from '../own/here.js';
import { ownWords } from '../own/words.js';
import { percent } from '../wording.js';
import { dropZone } from './drop-zone.js';
import { OwnBegin } from './own-begin.js';
import { OwnCards } from './own-cards.js';
import { OwnDoubts } from './own-doubts.js';
import { goHome } from './own-home.js';
import type { LessonsProps } from './own-props.js';
import { OwnReport } from './own-report.js';
import { OwnTake } from './own-take.js';
import type { PageProps } from './page.js';

export { Correction } from './own-correction.js';
export { OwnRow } from './own-row.js';

export function OwnLabels(page: PageProps) {
  const lessons = lessonsHere(page.actions);
  const over = useSignal(false);
  const said = ownWords.value;
  useEffect(() => void lessons.look(), [lessons]);
  const { phase, share, opened } = lessons;
  return (
    <section
      class={over.value ? 'own over' : 'own'}
      aria-label={said.title}
      {...dropZone(over, (held) => void lessons.openFiles(() => dropped(held).then(given)))}
    >
      <h2 tabIndex={-1}>{said.title}</h2>
      {opened.value !== undefined && (
        <p class="notice">
          {said.opened(opened.value)}{' '}
          <button type="button" onClick={() => void lessons.closePackage()}>
            {said.closePackage}
          </button>
        </p>
      )}
      <OwnTrouble lessons={lessons} />
      {phase.value === 'beginning' && <OwnBegin {...page} lessons={lessons} />}
      {phase.value === 'opening' && (
        <p class="download">
          <progress aria-label={said.opening} {...(share.value > 0 ? { value: share.value } : {})} />
          <span>
            {said.opening} {share.value > 0 && said.loaded(percent(share.value, 0))}
          </span>
        </p>
      )}
      {phase.value === 'open' && (
        <div class="lessons">
          <OwnReport {...page} lessons={lessons} />
          <OwnCards lessons={lessons} />
          <OwnDoubts lessons={lessons} />
          <OwnTake lessons={lessons} />
        </div>
      )}
    </section>
  );
}

/** What went wrong, and what was done that is not seen. */
function OwnTrouble({ lessons }: LessonsProps) {
  const { trouble, notice, canUndo, phase } = lessons;
  const said = ownWords.value;
  return (
    <div class="own-told">
      <div role="alert">{trouble.value && <p class="trouble">{trouble.value}</p>}</div>
      {phase.value === 'open' && (
        <p class="own-notice">
          <span role="status">{notice.value}</span>{' '}
          {canUndo.value && (
            <button
              type="button"
              class="quiet"
              onClick={(event) => {
                goHome(event.currentTarget);
                lessons.undo();
              }}
            >
              {said.undo}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
