/** What a model makes of texts that were read, once it is known: its class names give labels their meaning, and it reads pairs or not. */

import type { ModelInfo, TextOrPair } from '../../index.js';
import { classNumbers } from './class-numbers.js';
import type { RawText } from './read-texts.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

/** A text with the number of its right class, or, for a multi-label model, the numbers of all of them in order. */
export interface LabelledText {
  text: TextOrPair;
  gold?: readonly number[] | undefined;
}

export function resolveLabels(
  texts: readonly RawText[],
  { labels: names, problemType, textPair }: Pick<ModelInfo, 'labels' | 'problemType' | 'textPair'>,
): LabelledText[] {
  const numbersOf = classNumbers(names, problemType);
  return texts.map((raw) => {
    const { label, line } = raw;
    const text = fitting(raw, textPair);
    if (label === undefined) return { text };
    const gold = numbersOf(label);
    if (!gold) {
      const choices = names.slice(0, 6).join(', ') + (names.length > 6 ? ', …' : '');
      throw new TextsError(words.peek().unreadable.label(line, label.slice(0, 40), choices, names.length - 1));
    }
    return { text, gold };
  });
}

/** For a model of pairs a line holds both texts, with a tab between. */
function fitting({ text: read, line, plain }: RawText, pairs: boolean): TextOrPair {
  const { unreadable } = words.peek();
  if (typeof read !== 'string') {
    if (!pairs) throw new TextsError(unreadable.pair(line));
    return read;
  }
  if (!pairs) return read;
  const both = plain ? read.split('\t') : [];
  if (both.length !== 2 || both.some((one) => one.trim() === '')) throw new TextsError(unreadable.noPair(line));
  return { text: both[0]!, text_pair: both[1]! };
}
