/** What it has learnt, and how far that is to be trusted. */

import type { TeachReport } from '../../index.js';
import { worstConfusion } from '../own/confusion.js';
import type { TooLittle } from '../own/too-little.js';
import { ownWords } from '../own/words.js';
import { percent } from '../wording.js';
import type { LessonsProps } from './own-props.js';
import type { PageProps } from './page.js';

/** Below so many texts leave-one-out promises too much. */
const MANY = 200;
/** More labels are not named in a sentence. */
const MOST_NAMED = 8;

export function OwnReport({ actions, lessons }: PageProps & LessonsProps) {
  const { report, learning, tooLittle } = lessons;
  const said = ownWords.value;
  const now = report.value;
  const step = learning.value;
  return (
    <div class="own-report" aria-busy={step !== undefined}>
      <p class="own-figure" role="status">
        {tooLittle.value ? shortOf(tooLittle.value) : now && learntWords(now)}
      </p>
      <p class="note own-progress">{step && (step.status === 'read' ? said.reading(step.done, step.of) : said.fitting)}</p>
      {now && <Details report={now} onSpeed={setSpeed} />}
    </div>
  );

  function setSpeed(speed: number): void {
    actions.slide(speed);
    actions.settle();
  }
}

function Details({ report, onSpeed }: { report: TeachReport; onSpeed(speed: number): void }) {
  const { labels, measured, confusions, nothingLost, exits, withoutTexts, unread, contradictions } = report;
  const said = ownWords.value;
  const worst = worstConfusion(confusions);
  // The slider has steps of a hundredth; above this one something may be lost.
  const speed = Math.floor(nothingLost.speed * 100) / 100;
  return (
    <>
      <p class="note">{measured < MANY ? said.few : said.many}</p>
      {worst && <p>{said.confused(labels[worst.right]!, labels[worst.said]!, worst.n)}</p>}
      <p>
        {said.nothingLost(speed.toFixed(2), nothingLost.meanDepth.toFixed(1), exits.length - 1)}{' '}
        <button type="button" class="quiet" onClick={() => onSpeed(speed)}>
          {said.setSpeed(speed.toFixed(2))}
        </button>
      </p>
      {withoutTexts.length > 0 && <p>{said.withoutTexts(listed(withoutTexts))}</p>}
      {unread.length > 0 && <p>{said.unread(unread.length)}</p>}
      {contradictions.length > 0 && <p>{said.contradictions(contradictions.length)}</p>}
    </>
  );
}

function learntWords({ perLabel, exits }: TeachReport): string {
  const { learnt, right } = ownWords.value;
  const { accuracy, interval } = exits.at(-1)!;
  const digits = interval[0] > 0.99 ? 1 : 0;
  const [low, high] = interval.map((share) => percent(share, digits)) as [string, string];
  return `${learnt(perLabel.reduce((sum, n) => sum + n, 0))} ${right(percent(accuracy, 0), low, high)}`;
}

/** Some, and how many more. */
function listed(labels: readonly string[]): string {
  const some = labels.slice(0, MOST_NAMED).join(', ');
  return labels.length > MOST_NAMED ? ownWords.value.andMore(some, labels.length - MOST_NAMED) : some;
}

function shortOf(little: TooLittle): string {
  const said = ownWords.value.tooLittle;
  return little.why === 'texts' ? said.texts(listed(little.labels)) : said[little.why];
}
