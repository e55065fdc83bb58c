/** A taught package as files, for a server. */

import type { TaughtPackage } from './contract.js';
import { partsOf } from './core/index.js';
import { Shards } from './files/shards.js';
import type { TaughtFile, TeachReport } from './teacher.js';

/**
 * @param encoder absolute URL of the encoder's folder, ending in a slash
 * @param whole also its shards
 */
export async function packageFiles(encoder: string, taught: TaughtPackage, report: TeachReport, whole: boolean): Promise<TaughtFile[]> {
  const { manifest, files } = taught;
  const isShared = ({ file, sha256 }: { file: string; sha256: string }): boolean => file.startsWith('../') && !(sha256 in files);
  const parts = partsOf(manifest).filter((part) => whole || !isShared(part));
  const shards = new Shards(encoder, () => {}, undefined, taught);
  try {
    const found = await shards.files(parts);
    const path = (file: string): string => (file.startsWith('../') ? file.slice(3) : `${manifest.name}/${file}`);
    return [
      { path: path('manifest.json'), data: written(`${JSON.stringify(manifest, null, 1)}\n`) },
      { path: path('README.md'), data: written(card(taught, report)) },
      ...parts.map(({ file }, i) => ({ path: path(file), data: found[i]! })),
    ];
  } finally {
    shards.close();
  }
}

function written(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

/** The model card: what it learnt from, what it is worth, and what it reveals. */
function card({ manifest }: TaughtPackage, { labels, perLabel, measured, exits, words }: TeachReport): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  const { accuracy, interval } = exits.at(-1)!;
  const counts = labels.map((label, i) => `${label} (${perLabel[i]!})`).join(', ');
  return `---
license: other
pipeline_tag: text-classification
---

# ${manifest.name}: an early-exit text classifier for the browser

${labels.length} labels, and texts that each was learnt from: ${counts}. Taught in a page by \`teach()\` of fastbert-web: exits on the hidden states of an encoder that was left as it is.

Of ${measured} texts that it learnt from, left out one at a time, ${percent(accuracy)} % are right at the last exit (95 % interval ${percent(interval[0])}-${percent(interval[1])}).${measured < 200 ? ' From so few texts that promises too much, by up to 7 points.' : ''}

## What it reveals of the texts

The texts are not in it. The mean of each label's texts is, as the encoder reads them${words ? ', and, of every word piece, how many texts of each label it stands in: names and rare words that stand in one text can be read there' : ''}. With one text a label, or few, such a mean tells much of the text.

## Limits

What it was not taught it does not know: any text gets one of the labels. An uncertainty near 0 is no promise.
`;
}
