/** The texts of the benchmark: labelled ones in a seeded order, so that any first part of them is a fair sample. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seeded } from '../src/page/measure/timing.js';
import { tasks } from '../src/page/tasks/index.js';
import { sentences as ownOfTask } from '../src/page/tasks/sentences/sst2.js';
import { manifestOf, type Raced } from './contestants.js';
import { parseLabelledTexts, type LabelledText } from './labelled-texts.js';

export type Text = Pick<LabelledText, 'text'> & Partial<LabelledText>;

export interface Sample {
  name: string;
  rows: Text[];
}

/** SST-2's test set, or as many of the page's own sentences as are asked for, over and over. */
export function sentences(folder: string, atLeast: number): Sample {
  const found = labelled(folder, 'sst2', 'sst2/test.tsv');
  if (found) return { name: 'SST-2, test', rows: found };
  return { name: "the page's own sentences, again and again", rows: ownSentences(atLeast).map((text) => ({ text })) };
}

/** The page's sentences, over and over. */
export function ownSentences(count: number): string[] {
  const own = [...ownOfTask, ...tasks[0].examples];
  return Array.from({ length: count }, (_, i) => own[i % own.length]!.text);
}

/** One word over and over: a token each, between [CLS] and [SEP]. */
export function ofTokens(tokens: number): string {
  return Array<string>(tokens - 2).fill('film').join(' ');
}

/** Film reviews of up to 512 tokens. */
export function reviews(folder: string): Sample | undefined {
  const rows = labelled(folder, 'sst2', 'imdb/test.tsv.gz');
  return rows && { name: 'film reviews (IMDb, test)', rows };
}

export function news(folder: string): Sample | undefined {
  const rows = labelled(folder, 'ag_news', 'ag_news/test.tsv');
  return rows && { name: 'AG News, test', rows };
}

function labelled(folder: string, raced: Raced, name: string): Text[] | undefined {
  const file = path.join(folder, name);
  if (!existsSync(file)) return undefined;
  const content = readFileSync(file);
  const table = name.endsWith('.gz') ? gunzipSync(content) : content;
  const random = seeded(7);
  const order = parseLabelledTexts(table, manifestOf(raced), file).map((row) => ({ row, at: random() }));
  return order.toSorted((a, b) => a.at - b.at).map(({ row }) => row);
}
