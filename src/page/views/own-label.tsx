/** A label and its texts, as a list that one adds to; or the texts without a label. */

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { TextDoubt } from '../../index.js';
import type { Card } from '../own/cards.js';
import { ownWords } from '../own/words.js';
import { words } from '../words/index.js';
import { OwnChange } from './own-change.js';
import type { LessonsProps } from './own-props.js';
import { OwnText } from './own-text.js';

/** How many texts of a label are shown, until all are asked for; and then, since each is a row with buttons. */
const FEW = 4;
const MOST = 300;

interface LabelProps extends LessonsProps {
  card: Card;
  /** Of texts by their ids. */
  opinions: ReadonlyMap<number, TextDoubt>;
  /** Whether it can be folded, and is unless there are few. */
  folds: boolean;
  isFew: boolean;
}

export function OwnLabel({ lessons, card: { label, texts: mine, count }, opinions, folds, isFew }: LabelProps) {
  const lines = useSignal('');
  const showsAll = useSignal(false);
  const changes = useSignal(false);
  const changer = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  /** As the visitor has it; a label without texts waits for some. */
  const unfolded = useSignal<boolean | undefined>(undefined);
  const isOpen = !folds || (unfolded.value ?? (isFew || count === 0));
  const said = ownWords.value;
  const name = label ?? said.noLabel;
  const shown = mine.slice(0, showsAll.value ? MOST : FEW);
  const add = (): void => {
    if (lessons.addLines(lines.value, label)) {
      lines.value = '';
      unfolded.value = true;
    }
    box.current?.focus();
  };
  return (
    <section class={isOpen ? 'own-card' : 'own-card folded'} aria-label={name}>
      <div class="own-head">
        <h3>
          {folds ? (
            <button type="button" class="own-fold" aria-expanded={isOpen} onClick={() => (unfolded.value = !isOpen)}>
              {name}
            </button>
          ) : (
            name
          )}
        </h3>
        <span class="note">{words.value.texts(count)}</span>
        {label !== undefined && isOpen && (
          <button
            type="button"
            class="quiet"
            ref={changer}
            aria-expanded={changes.value}
            aria-label={said.changeLabel(label)}
            onClick={() => (changes.value = !changes.value)}
          >
            {said.change}
          </button>
        )}
      </div>
      {label !== undefined && isOpen && changes.value && (
        <OwnChange
          lessons={lessons}
          label={label}
          onClose={() => {
            changes.value = false;
            changer.current?.focus();
          }}
        />
      )}
      {isOpen && (
        <>
          <form
            class="own-add"
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <textarea
              ref={box}
              rows={1}
              spellcheck={false}
              aria-label={label === undefined ? said.newUnlabelled : said.newText(label)}
              placeholder={said.textsHint}
              value={lines.value}
              onInput={(event) => (lines.value = event.currentTarget.value)}
              onKeyDown={(event) => {
                // While a word is being composed, Enter chooses it.
                if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
                event.preventDefault();
                add();
              }}
            />
            <button type="submit">{said.add}</button>
          </form>
          {mine.length === 0 ? (
            <p class="note">{said.noTexts}</p>
          ) : (
            <ul>
              {shown.map((text) => (
                <OwnText key={text.id} lessons={lessons} text={text} opinion={opinions.get(text.id)} onGone={() => box.current?.focus()} />
              ))}
            </ul>
          )}
          {mine.length > FEW && (
            <button type="button" class="quiet" onClick={() => (showsAll.value = !showsAll.value)}>
              {showsAll.value ? said.showFew : said.showAll(mine.length)}
            </button>
          )}
          {showsAll.value && mine.length > MOST && <p class="note">{said.beyond(mine.length - MOST)}</p>}
        </>
      )}
    </section>
  );
}
