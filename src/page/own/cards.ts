/** Labels with their texts, or those that hold what is sought. Pure. */

import type { TaughtText } from '../../index.js';

export interface Card {
  /** Undefined of the texts without one. */
  label: string | undefined;
  /** The newest first: what was just added is seen. */
  texts: readonly TaughtText[];
  /** Of the label in all. */
  count: number;
}

/** @param sought a part of a label, which is shown with all of its texts, or of texts; blank for all */
export function cardsOf(labels: readonly string[], texts: readonly TaughtText[], sought = ''): Card[] {
  const part = sought.trim().toLowerCase();
  const holds = (one: string): boolean => one.toLowerCase().includes(part);
  const all = new Map<string | undefined, TaughtText[]>(labels.map((label) => [label, []]));
  all.set(undefined, []);
  for (const text of texts) all.get(text.label)!.push(text);
  return [...all].flatMap(([label, mine]) => {
    const isWhole = part === '' || (label !== undefined && holds(label));
    const found = isWhole ? mine : mine.filter(({ text }) => holds(text));
    const isShown = found.length > 0 || (isWhole && label !== undefined);
    return isShown ? [{ label, texts: found.toReversed(), count: mine.length }] : [];
  });
}
