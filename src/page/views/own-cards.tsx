/** All labels, each with its texts. Where there are many they are folded, the newest first, and can be searched. */

import { useComputed, useSignal } from '@preact/signals';
import { cardsOf } from '../own/cards.js';
import { ownWords } from '../own/words.js';
import { OwnLabel } from './own-label.js';
import { OwnNewLabel } from './own-new-label.js';
import type { LessonsProps } from './own-props.js';

/** More labels are not seen at one look, and no more texts. */
const MANY_LABELS = 12;
const MANY_TEXTS = 100;
/** How many labels are shown, until all are asked for. */
const FEW = 24;

export function OwnCards({ lessons }: LessonsProps) {
  const sought = useSignal('');
  const showsAll = useSignal(false);
  const { labels, texts, report } = lessons;
  const isMany = labels.value.length > MANY_LABELS;
  const isSearched = isMany || texts.value.length > MANY_TEXTS;
  const found = useComputed(() => cardsOf(labels.value, texts.value, sought.value)).value;
  const cards = isMany ? found.toReversed() : found;
  const shown = showsAll.value ? cards : cards.slice(0, FEW);
  const opinions = useComputed(() => new Map(report.value?.opinions.map((one) => [one.id, one]))).value;
  const said = ownWords.value;
  return (
    <div class={isMany ? 'own-labels many' : 'own-labels'}>
      {isSearched && (
        <label class="box own-find">
          <span>{said.find}</span>
          <input type="search" value={sought.value} autocomplete="off" onInput={(event) => (sought.value = event.currentTarget.value)} />
        </label>
      )}
      {isMany && <OwnNewLabel key="new" lessons={lessons} />}
      {shown.map((card) => (
        <OwnLabel key={card.label ?? ''} lessons={lessons} card={card} opinions={opinions} folds={isMany} isFew={cards.length <= MANY_LABELS} />
      ))}
      {cards.length === 0 && sought.value !== '' && <p class="note">{said.notFound}</p>}
      {cards.length > FEW && (
        <button type="button" class="quiet" onClick={() => (showsAll.value = !showsAll.value)}>
          {showsAll.value ? said.showFew : said.showAllLabels(cards.length)}
        </button>
      )}
      {!isMany && <OwnNewLabel key="new" lessons={lessons} />}
    </div>
  );
}
