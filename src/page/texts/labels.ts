/** Gives labels their meaning once the model, and so its class names, is known. */

import type { RawText } from './read-texts.js';
import { TextsError } from './texts-error.js';

/** A text with the number of its right class. */
export interface LabelledText {
  text: string;
  gold?: number | undefined;
}

/** A label is a class's name, in any case, or its number from 0. */
export function resolveLabels(texts: readonly RawText[], names: readonly string[]): LabelledText[] {
  const known = new Map<string, number>();
  names.forEach((_, number) => known.set(String(number), number));
  names.forEach((name, number) => known.set(name.toLowerCase(), number));
  return texts.map(({ text, label, line }) => {
    if (label === undefined) return { text };
    const gold = known.get(label.toLowerCase());
    if (gold === undefined) {
      const choices = names.slice(0, 6).join(', ') + (names.length > 6 ? ', …' : '');
      throw new TextsError(
        `Line ${line} has the label “${label.slice(0, 40)}”, which is no class of this model. ` +
          `Use a class name (${choices}) or a number from 0 to ${names.length - 1}.`,
      );
    }
    return { text, gold };
  });
}
