/** Gives labels their meaning once the model, and so its class names, is known. */

import type { ModelInfo } from '../../index.js';
import type { RawText } from './read-texts.js';
import { TextsError } from './texts-error.js';
import { words } from '../words/index.js';

/** A text with the number of its right class, or, for a multi-label model, the numbers of all of them in order. */
export interface LabelledText {
  text: string;
  gold?: readonly number[] | undefined;
}

/** A label is a class's name, in any case, or its number from 0; for a multi-label model several, with | between. */
export function resolveLabels(
  texts: readonly RawText[],
  { labels: names, problemType }: Pick<ModelInfo, 'labels' | 'problemType'>,
): LabelledText[] {
  const known = new Map<string, number>();
  names.forEach((_, number) => known.set(String(number), number));
  names.forEach((name, number) => known.set(name.toLowerCase(), number));
  return texts.map(({ text, label, line }) => {
    if (label === undefined) return { text };
    const cells = problemType === 'multi_label_classification' ? label.split('|') : [label];
    const found = cells.map((cell) => known.get(cell.toLowerCase()));
    const gold = found.filter((number) => number !== undefined);
    if (gold.length < found.length) {
      const choices = names.slice(0, 6).join(', ') + (names.length > 6 ? ', …' : '');
      throw new TextsError(words.peek().unreadable.label(line, label.slice(0, 40), choices, names.length - 1));
    }
    return { text, gold: gold.toSorted((a, b) => a - b) };
  });
}
