/** Which words did it: the text, its words tinted by what leaving them out changes at an exit. */

import { Figure } from '../charts/figure.js';
import { moveFocus } from '../charts/focus-keys.js';
import { TintedWords } from '../charts/tinted-words.js';
import { piecesOf, tintsOf } from '../charts/word-tints.js';
import { likeliest, type Belief } from '../../core/index.js';
import type { WordEffect } from '../../index.js';
import { saysNothing } from '../outcome.js';
import { exitOf, partText, textsOf } from '../reasons.js';
import type { Reasons, Why } from '../state.js';
import { answerWords, excerpt, exitTicks, milliseconds, percent } from '../wording.js';
import { words } from '../words/index.js';
import { laterWords } from '../words/later/index.js';
import type { PageProps } from './page.js';

/** Of the words that change most, so many are named. */
const NAMED = 3;
/** Smaller changes are not worth naming. */
const LITTLE = 0.02;
/** Left and right go through words, which stand side by side; so up and down go through layers. */
const TURNED: Record<string, string> = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp', ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft' };

export interface ReasonsProps extends PageProps {
  reasons: Reasons;
}

export function WordsFigure({ state, actions, reasons }: ReasonsProps) {
  const { words: said } = laterWords.value;
  const why = state.why.value ?? 'answer';
  const { parts, cost } = reasons.words;
  const { labels, layers } = state.info.value!;
  const belief = exitOf(reasons, state);
  const changes = parts.map((part) => changeOf(part, belief.exit, why) ?? 0);
  const { word } = state.focus.value;
  const focused = parts[word ?? -1];
  const known = parts.filter(({ exits }) => exits.length > 0).length;
  const isLong = parts.some(({ unit }) => unit === 'sentence');
  return (
    <Figure
      class="words"
      title={said.title}
      note={`${said.note(words.value.exit.after(belief.exit))}${isLong ? said.sentences : ''}`}
      numbers={{
        caption: why === 'answer' ? said.tableAnswer : said.tableInside,
        head: [said.head, ...exitTicks(layers)],
        rows: () =>
          parts.map((part) => [
            excerpt(partText(reasons, part)),
            ...Array.from({ length: layers + 1 }, (_, exit) => signed(changeOf(part, exit, why), 3)),
          ]),
      }}
    >
      <Choices state={state} actions={actions} reasons={reasons} />
      <div
        class="keys"
        role="group"
        aria-label={said.keys}
        tabIndex={0}
        onKeyDown={(event) => {
          const { sample, layer } = state.focus.peek();
          const next = moveFocus({ sample: word, layer }, TURNED[event.key] ?? event.key, parts.length, layers);
          if (!next) return;
          event.preventDefault();
          actions.focusOn({ sample, layer: next.layer, word: next.sample });
          event.currentTarget.querySelector(`[data-part="${next.sample}"]`)?.scrollIntoView({ block: 'nearest' });
        }}
      >
        <TintedWords
          texts={textsOf(reasons.text).map(({ of, text }) => ({
            name: of && (of === 'text' ? said.first : said.second),
            pieces: piecesOf(text, parts.flatMap((part, i) => (part.of === of ? [{ ...part, part: i }] : []))),
          }))}
          tints={tintsOf(changes)}
          tone={why}
          focused={word}
          onPart={(part) => actions.focusOn({ ...state.focus.peek(), word: part })}
        />
      </div>
      {!saysNothing(belief) && <p class="note">{why === 'answer' ? said.answerKey(answerWords(belief, labels)) : said.insideKey}</p>}
      <div class="told">
        {!focused && <p>{reasons.isWhole ? mostWords(reasons, changes) : said.reading(known, parts.length)}</p>}
        <p role="status" aria-label={said.inFocus}>
          {focused && focusWords(reasons, focused, belief, labels)}
        </p>
      </div>
      <p class="note">
        {said.careful} {reasons.isWhole && parts.length > 0 && said.cost(cost.texts, cost.layers, milliseconds(cost.ms))}
      </p>
    </Figure>
  );
}

/** The exit, and what of it is shown. */
function Choices({ state, actions, reasons }: ReasonsProps) {
  const { words: said } = laterWords.value;
  const exits = [undefined, ...reasons.verdict.trajectory.map(({ exit }) => exit)];
  const kinds: readonly Why[] = ['answer', 'inside'];
  const { name, tick } = words.value.exit;
  return (
    <>
      <fieldset class="modes exit-choice">
        <legend>{said.show}</legend>
        {kinds.map((one) => (
          <label key={one}>
            <input type="radio" name="why" checked={one === state.why.value} onChange={() => actions.askWhy(one)} />
            <span>{said[one]}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="modes exit-choice">
        <legend>{said.exit}</legend>
        {exits.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="why-exit"
              aria-label={one === undefined ? said.here : name(one)}
              checked={one === state.exit.value}
              onChange={() => actions.chooseExit(one)}
            />
            <span>{one === undefined ? said.here : tick(one)}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

/** Of the answer's probability, or of the uncertainty. */
function changeOf({ exits }: WordEffect, exit: number, why: Why): number | undefined {
  return exits.find((one) => one.exit === exit)?.[why === 'answer' ? 'probability' : 'uncertainty'];
}

function signed(change: number | undefined, digits: number): string {
  if (change === undefined) return '';
  const size = Math.abs(change).toFixed(digits);
  // U+2212, as wide as the plus.
  return Number(size) === 0 ? size : `${change < 0 ? '−' : '+'}${size}`;
}

function mostWords(reasons: Reasons, changes: readonly number[]): string {
  const { words: said } = laterWords.value;
  const { parts } = reasons.words;
  if (parts.length === 0) return said.none;
  const most = [...changes.keys()]
    .filter((i) => parts[i]!.unit === 'word' && Math.abs(changes[i]!) >= LITTLE)
    .toSorted((a, b) => Math.abs(changes[b]!) - Math.abs(changes[a]!))
    .slice(0, NAMED)
    .map((i) => said.one(partText(reasons, parts[i]!), signed(changes[i]!, 2)));
  return most.length === 0 ? said.little : said.most(most.join(', '));
}

/** What an exit says without a part. */
function focusWords(reasons: Reasons, part: WordEffect, belief: Belief, labels: readonly string[]): string {
  const { words: said } = laterWords.value;
  const effect = part.exits.find(({ exit }) => exit === belief.exit);
  if (!effect) return '';
  const label = likeliest(belief);
  const before = belief.probabilities[label]!;
  const changed = said.changed(said.without(excerpt(partText(reasons, part))), labels[label]!, percent(before, 0), percent(before + effect.probability, 0));
  const answer = effect.labels.join(', ') || words.value.noLabel;
  const flipped = answer === answerWords(belief, labels) ? '' : said.flipped(answer);
  const unsure = said.unsure(belief.uncertainty.toFixed(2), (belief.uncertainty + effect.uncertainty).toFixed(2));
  return words.value.verdict.sentence(`${changed}${flipped}${unsure}`);
}
