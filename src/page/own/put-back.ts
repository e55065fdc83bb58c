/** Puts labels and texts back as they were, by what a teacher can do. */

import type { TaughtText, Teacher } from '../../index.js';

export interface Before {
  labels: readonly string[];
  texts: readonly TaughtText[];
}

/** All is as it was, but that a text that was gone is the newest now. */
export function putBack(now: Teacher, { labels, texts }: Before): void {
  // A new label comes last: from the first that differs on, all are named anew.
  const differs = labels.findIndex((label, i) => now.labels[i] !== label);
  const same = differs < 0 ? labels.length : differs;
  for (const label of now.labels.slice(same)) now.removeLabel(label);
  for (const label of labels.slice(same)) now.addLabel(label);
  const ids = new Set(texts.map(({ id }) => id));
  for (const { id } of now.texts) if (!ids.has(id)) now.remove(id);
  const there = new Map(now.texts.map((one) => [one.id, one]));
  for (const { id, text, label } of texts) {
    const is = there.get(id);
    if (is?.text === text && is.label === label) continue;
    // Like another one, `add` would make one of the two: it comes by way of a text that is nowhere.
    now.change(is ? id : now.add(crypto.randomUUID()).id, { text, label });
  }
}
