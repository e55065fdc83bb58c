/**
 * Finds out which words did it, while that is asked: of the text in view, once it was read, and again when there is
 * another. The next keystroke ends what was begun for the text before. What is found of a text stays until the next
 * is known, or takes long: then it is shown as it comes.
 */

import { batch, computed, effect } from '@preact/signals';
import type { TextClassificationPipeline, TextOrPair } from '../../index.js';
import { lacking, missingPairs, reasonsInView, textInView, verdictInView } from '../reasons.js';
import type { Reasons, State } from '../state.js';
import { troubleOf } from '../troubles.js';

/** Milliseconds: passing over lines and rows with the pointer asks nothing. */
const REST = 150;
/** Milliseconds that words are waited for, all of them: what comes one by one would flicker. */
const PATIENCE = 400;
const NOTHING_YET = { texts: 0, layers: 0, ms: 0 };

export function explain(state: State, pipeline: () => TextClassificationPipeline | undefined, until: AbortSignal): void {
  if (until.aborted) return;
  const text = computed(() => textInView(state));
  const reasons = computed(() => {
    const found = reasonsInView(state);
    return found?.isWhole ? found : undefined;
  });

  async function findWords(of: TextOrPair, signal: AbortSignal): Promise<void> {
    const ready = pipeline()!;
    const { name } = ready.info;
    const read = verdictInView(state);
    const patience = performance.now() + PATIENCE;
    const [verdict] = await ready.trace([of], {
      words: true,
      signal,
      onWords({ parts }) {
        if (!read || signal.aborted || performance.now() < patience) return;
        show({ model: name, text: of, verdict: read, words: { parts, cost: NOTHING_YET }, isWhole: false, pairs: [] });
      },
    });
    show({ model: name, text: of, verdict: verdict!, words: verdict!.words!, isWhole: true, pairs: [] });
  }

  function show(found: Reasons): void {
    const before = reasonsInView(state);
    batch(() => {
      state.reasons.value = found;
      // It was another text's, or of fewer parts.
      if (before?.words.parts.length !== found.words.parts.length) state.focus.value = { ...state.focus.peek(), word: undefined };
    });
  }

  async function findPairs(of: Reasons, wanted: [number, number][], signal: AbortSignal): Promise<void> {
    const texts = wanted.map((parts) => lacking(of.text, parts.map((part) => of.words.parts[part]!)));
    const verdicts = await pipeline()!.trace(texts, { mode: 'explore', signal });
    const found = verdicts.map(({ trajectory }, i) => ({ parts: wanted[i]!, trajectory }));
    state.reasons.value = { ...of, pairs: [...of.pairs, ...found] };
  }

  /** Ends what is under way. */
  let stop = (): void => {};
  function begin(pause: number, task: (signal: AbortSignal) => Promise<void>): void {
    const mine = new AbortController();
    const timer = setTimeout(() => {
      task(mine.signal).catch((error: unknown) => {
        if (!mine.signal.aborted) state.trouble.value = troubleOf(error);
      });
    }, pause);
    stop = () => {
      clearTimeout(timer);
      mine.abort();
    };
  }

  const end = effect(() => {
    const of = text.value;
    const known = reasons.value;
    const wanted = known && missingPairs(known, state);
    stop();
    if (of !== undefined && !known) begin(state.input.peek() === 'many' ? REST : 0, (signal) => findWords(of, signal));
    else if (known && wanted!.length > 0) begin(REST, (signal) => findPairs(known, wanted!, signal));
  });
  until.addEventListener('abort', () => {
    end();
    stop();
  });
}
