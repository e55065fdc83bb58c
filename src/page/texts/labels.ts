/** Gives labels their meaning once the model, and so its class names, is known. */

import type { ModelInfo } from '../../index.js';
import { classNumbers } from './class-numbers.js';
import type { RawText } from './read-texts.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

/** A text with the number of its right class, or, for a multi-label model, the numbers of all of them in order. */
export interface LabelledText {
  text: string;
  gold?: readonly number[] | undefined;
}

export function resolveLabels(
  texts: readonly RawText[],
  { labels: names, problemType }: Pick<ModelInfo, 'labels' | 'problemType'>,
): LabelledText[] {
  const numbersOf = classNumbers(names, problemType);
  return texts.map(({ text, label, line }) => {
    if (label === undefined) return { text };
    const gold = numbersOf(label);
    if (!gold) {
      const choices = names.slice(0, 6).join(', ') + (names.length > 6 ? ', …' : '');
      throw new TextsError(words.peek().unreadable.label(line, label.slice(0, 40), choices, names.length - 1));
    }
    return { text, gold };
  });
}
