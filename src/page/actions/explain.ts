/**
 * Finds out which words did it, while that is asked: of the text in view, once it was read, and again when there is
 * another. The next keystroke ends what was begun for the text before. What is found of a text stays until the next
 * is known.
 */

import { batch, computed, effect } from '@preact/signals';
import type { TextClassificationPipeline, TextOrPair } from '../../index.js';
import { lacking, missingPairs, reasonsInView, textInView } from '../reasons.js';
import type { Reasons, State } from '../state.js';
import { troubleOf } from '../troubles.js';

/** Milliseconds: passing over lines and rows with the pointer asks nothing. */
const REST = 150;

export function explain(state: State, pipeline: () => TextClassificationPipeline | undefined, until: AbortSignal): void {
  if (until.aborted) return;
  const text = computed(() => textInView(state));
  const reasons = computed(() => reasonsInView(state));

  async function findWords(of: TextOrPair, signal: AbortSignal): Promise<void> {
    const ready = pipeline()!;
    const [verdict] = await ready.trace([of], { words: true, signal });
    batch(() => {
      state.reasons.value = { model: ready.info.name, text: of, verdict: verdict!, words: verdict!.words!, pairs: [] };
      state.focus.value = { ...state.focus.peek(), word: undefined }; // it was another text's
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
