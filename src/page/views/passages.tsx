/** The passages that a long text was read in, each tinted by how far it speaks for the answer at the exit where the text left. */

import { useSignal } from '@preact/signals';
import { likeliest, type Belief } from '../../core/index.js';
import type { Verdict, WindowVerdict } from '../../index.js';
import { Figure } from '../charts/figure.js';
import { moveFocus } from '../charts/focus-keys.js';
import { TintedWords } from '../charts/tinted-words.js';
import { piecesOf, tintsOf } from '../charts/word-tints.js';
import { saysNothing } from '../outcome.js';
import { shareOf } from '../passages.js';
import type { Run } from '../state.js';
import '../styles/why.css';
import { answerWords, excerpt, percent } from '../wording.js';
import { words } from '../words/index.js';
import { laterWords } from '../words/later/index.js';

export interface PassagesProps {
  run: Run;
  text: string;
  verdict: Verdict;
  windows: readonly WindowVerdict[];
  /** Where the text leaves. */
  belief: Belief;
}

export function Passages({ run, text, verdict, windows, belief }: PassagesProps) {
  const { passages: said } = laterWords.value;
  const { labels } = run;
  const { exit } = words.value;
  const focused = useSignal<number | undefined>(undefined);
  const label = likeliest(belief);
  const place = verdict.trajectory.findIndex((one) => one.exit === belief.exit);
  const shares = windows.map(({ probabilities }) => shareOf(probabilities[place]!, label, belief.labelUncertainties !== undefined));
  const passage = windows[focused.value ?? -1];
  return (
    <Figure
      class="passages"
      title={said.title}
      note={said.note(windows.length, exit.after(belief.exit))}
      numbers={{
        caption: said.table(labels[label]!),
        head: [said.head, ...verdict.trajectory.map((one) => exit.tick(one.exit))],
        rows: () => windows.map((window) => [excerpt(text.slice(window.start, window.end)), ...window.probabilities.map((row) => percent(row[label]!))]),
      }}
    >
      <div
        class="keys"
        role="group"
        aria-label={said.keys}
        tabIndex={0}
        onKeyDown={(event) => {
          const turned = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }[event.key] ?? event.key;
          const next = moveFocus({ sample: focused.value }, turned, windows.length, 0);
          if (!next) return;
          event.preventDefault();
          focused.value = next.sample;
          event.currentTarget.querySelector(`[data-part="${next.sample}"]`)?.scrollIntoView({ block: 'nearest' });
        }}
      >
        <TintedWords
          texts={[{ name: undefined, pieces: piecesOf(text, windows.map(({ start, end }, part) => ({ start, end, part }))) }]}
          tints={tintsOf(shares.map((share) => -share))}
          tone="answer"
          focused={focused.value}
          onPart={(part) => (focused.value = part)}
        />
      </div>
      {!saysNothing(belief) && <p class="note">{laterWords.value.words.answerKey(labels[label]!)}</p>}
      <p class="told" role="status" aria-label={said.inFocus}>
        {passage
          ? said.alone(focused.value! + 1, windows.length, passage.tokens, labels[label]!, percent(passage.probabilities[place]![label]!))
          : said.sum(answerWords(belief, labels), percent(belief.probabilities[label]!))}
      </p>
      {verdict.truncated && <p class="note">{said.rest(windows.length)}</p>}
    </Figure>
  );
}
