/** Whether a fit is of the texts that there are now. Pure. */

import type { TaughtText, TeachReport } from '../../index.js';

export function isOf({ labels, perLabel, opinions, unread }: TeachReport, texts: readonly TaughtText[]): boolean {
  const read = texts.filter(({ id }) => !unread.includes(id));
  const isCounted = labels.every((label, i) => read.filter((text) => text.label === label).length === perLabel[i]);
  const labelled = read.filter(({ label }) => label !== undefined).length;
  return isCounted && labelled === perLabel.reduce((sum, n) => sum + n, 0) && read.length === opinions.length;
}
