/**
 * What would let a text leave at an exit, or answer otherwise there: the smallest of the changes that were tried.
 * Each word, and each sentence of a long text, is left out alone; then words by two, of those that matter most alone.
 */

import type { WordEffect } from '../index.js';

/** Pairs are made of so many words: fifteen pairs. */
const MOST = 6;

/** The text without some parts, as an exit sees it. */
export interface Change {
  /** Numbers of the parts that are left out. */
  parts: number[];
  uncertainty: number;
  /** Of the label that the exit holds likeliest of the whole text. */
  probability: number;
  labels: readonly string[];
}

/** What an exit says of the whole text. */
export type Whole = Omit<Change, 'parts'>;

/** The change that leaves out least and brings the text under a threshold: of several, by which it is surest. */
export function toLeave(changes: readonly Change[], effects: readonly WordEffect[], threshold: number): Change | undefined {
  return least(changes.filter(({ uncertainty }) => uncertainty < threshold), effects, (change) => change.uncertainty);
}

/** The change that leaves out least and makes the exit answer otherwise: of several, where it goes furthest. */
export function toFlip(changes: readonly Change[], effects: readonly WordEffect[], whole: Whole): Change | undefined {
  const before = whole.labels.join();
  return least(changes.filter(({ labels }) => labels.join() !== before), effects, (change) => change.probability);
}

function least(found: readonly Change[], effects: readonly WordEffect[], rank: (change: Change) => number): Change | undefined {
  // Any number of words is less than a sentence.
  const size = ({ parts }: Change): number => parts.length + (parts.some((part) => effects[part]!.unit === 'sentence') ? MOST : 0);
  return found.toSorted((a, b) => size(a) - size(b) || rank(a) - rank(b))[0];
}

/** Each part left out alone. */
export function alone(effects: readonly WordEffect[], exit: number, whole: Whole): Change[] {
  return effects.flatMap(({ exits }, part) => {
    const effect = exits.find((one) => one.exit === exit);
    if (!effect) return [];
    const { uncertainty, probability, labels } = effect;
    return [{ parts: [part], uncertainty: whole.uncertainty + uncertainty, probability: whole.probability + probability, labels }];
  });
}

/** Words to leave out together: by two, of those without which an exit is surest, or least sure of its answer. */
export function pairsToTry(changes: readonly Change[], effects: readonly WordEffect[], wanted: 'leave' | 'flip'): [number, number][] {
  const rank = wanted === 'leave' ? 'uncertainty' : 'probability';
  const first = changes
    .filter(({ parts }) => effects[parts[0]!]!.unit === 'word')
    .toSorted((a, b) => a[rank] - b[rank])
    .slice(0, MOST)
    .map(({ parts }) => parts[0]!)
    .toSorted((a, b) => a - b);
  return first.flatMap((one, i) => first.slice(i + 1).map((other): [number, number] => [one, other]));
}
