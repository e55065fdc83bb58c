/** Which texts the batch stream shows, and in which order. */

import { stageTable } from './charts/stage-parts.js';
import { disagrees } from './disagreement.js';
import { answer, type Outcome, type Sample } from './outcome.js';
import { wholeText } from './wording.js';

export type SortKey = 'given' | 'label' | 'score' | 'exit' | 'uncertainty' | 'ms';

export interface StreamView {
  sort: SortKey;
  descending: boolean;
  /** In any case; empty for all texts. */
  contains: string;
  /** Answers that are wrong, or that differ from the last layer's. */
  only: 'all' | 'wrong' | 'disagree';
  /** Number of a class that the answer names. */
  label?: number | undefined;
  /** Where the text left. */
  exit?: number | undefined;
}

/** All texts, in the order given. */
export const EVERYTHING: StreamView = { sort: 'given', descending: false, contains: '', only: 'all' };

export interface Seen {
  samples: readonly Sample[];
  outcomes: readonly Outcome[];
  /** L, and the names of the model's classes. */
  layers: number;
  labels: readonly string[];
  /** Times of another speed are none of this one. */
  replayed: boolean;
}

export function isFiltered({ contains, only, label, exit }: StreamView): boolean {
  return contains !== '' || only !== 'all' || label !== undefined || exit !== undefined;
}

/** Numbers of the texts to show, in order. What a text has no value for yet stands last either way. */
export function shownTexts(view: StreamView, seen: Seen): number[] {
  const all = [...seen.samples.keys()];
  const shown = isFiltered(view) ? all.filter(passes(view, seen)) : all;
  const { sort, descending } = view;
  if (sort === 'given') return descending ? shown.toReversed() : shown;
  const values = new Map(shown.map((index) => [index, sortValue(sort, index, seen)]));
  const sign = descending ? -1 : 1;
  // Sorting is stable: equal ones stay in the order given.
  return shown.toSorted((one, other) => {
    const [a, b] = [values.get(one), values.get(other)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return sign * (typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b));
  });
}

function passes({ contains, only, label, exit }: StreamView, { samples, outcomes, layers }: Seen) {
  const wanted = contains.toLowerCase();
  return (index: number): boolean => {
    const [sample, outcome] = [samples[index]!, outcomes[index]!];
    const { belief, right } = outcome;
    return (
      (exit === undefined || belief?.exit === exit) &&
      (label === undefined || (belief !== undefined && answer(belief).classes.includes(label))) &&
      (only !== 'wrong' || right === false) &&
      (only !== 'disagree' || disagrees(sample, outcome, layers) === true) &&
      wholeText(sample.text).toLowerCase().includes(wanted)
    );
  };
}

function sortValue(sort: SortKey, index: number, { samples, outcomes, labels, replayed }: Seen): string | number | undefined {
  const belief = outcomes[index]!.belief;
  const verdict = samples[index]!.verdict;
  switch (sort) {
    case 'label':
      return belief && answer(belief).classes.map((i) => labels[i]).join();
    case 'score':
      return belief && answer(belief).score;
    case 'ms':
      return verdict && !replayed ? stageTable([verdict])!.needed : undefined;
    case 'given':
      return index;
    default:
      return belief?.[sort];
  }
}
