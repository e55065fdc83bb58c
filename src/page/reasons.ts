/** What was found out of the text in view by leaving out its words, as the figures of it read it. */

import { labelsOf, likeliest, type Belief } from '../core/index.js';
import { without } from '../core/words.js';
import type { TextOrPair, TextPair, Verdict, WordEffect } from '../index.js';
import type { Reasons, State } from './state.js';
import { alone, pairsToTry, toFlip, toLeave, type Change, type Whole } from './what-if.js';
import { wholeText } from './wording.js';

/** The text to ask about: the one in view, once it was read as it now stands, with the model that is here. */
export function textInView({ info, run, busy, input, text, second, pairs, inView, reallyStop }: State): TextOrPair | undefined {
  const read = run.value;
  if (reallyStop.value || !info.value || !read || read.recordedOn || read.status !== 'done' || busy.value) return undefined;
  const sample = read.samples[inView.value ?? -1];
  if (input.value === 'many') return sample?.text;
  const written: TextOrPair[] = pairs.value ? [{ text: text.value, text_pair: second.value ?? '' }] : [text.value, second.value ?? ''];
  return sample && written.find((one) => isSame(one, sample.text));
}

/** What was answered to it, by all layers. */
export function verdictInView(state: State): Verdict | undefined {
  const text = textInView(state);
  return text === undefined ? undefined : state.run.value!.samples.find((sample) => isSame(sample.text, text))?.verdict;
}

/** What is known of that text, if it was asked about. */
export function reasonsInView(state: State): Reasons | undefined {
  const [found, text] = [state.reasons.value, textInView(state)];
  return found && text !== undefined && found.model === state.info.value!.name && isSame(found.text, text) ? found : undefined;
}

function isSame(one: TextOrPair, other: TextOrPair): boolean {
  return wholeText(one) === wholeText(other);
}

/** A text, or both of a pair by their names. */
export function textsOf(text: TextOrPair): { of: keyof TextPair | undefined; text: string }[] {
  if (typeof text === 'string') return [{ of: undefined, text }];
  return [{ of: 'text', text: text.text }, { of: 'text_pair', text: text.text_pair }];
}

/** What a part says. */
export function partText({ text }: Reasons, { of, start, end }: WordEffect): string {
  return textsOf(text).find((one) => one.of === of)!.text.slice(start, end);
}

/** A text without some of its parts. */
export function lacking(text: TextOrPair, parts: readonly WordEffect[]): TextOrPair {
  if (typeof text === 'string') return without(text, parts);
  const of = (name: keyof TextPair): string => without(text[name], parts.filter((part) => part.of === name));
  return { text: of('text'), text_pair: of('text_pair') };
}

/** The exit that is looked at: the one in focus, else the chosen one, else where the text leaves at the speed set; of those that it has. */
export function exitOf({ verdict: { trajectory } }: Reasons, { focus, exit, rested }: State): Belief {
  const leaves = trajectory.find(({ exit: number, uncertainty }) => uncertainty < rested.speed.value || number === trajectory.at(-1)!.exit);
  const wanted = [focus.value.layer, exit.value].find((one) => one !== undefined);
  return trajectory.find((belief) => belief.exit === wanted) ?? leaves!;
}

/** The exit at whose line it is to leave: the one that is looked at or, as there is none behind the last layer, the one before. */
export function gateOf(reasons: Reasons, state: State): Belief {
  const belief = exitOf(reasons, state);
  const { depth, trajectory } = reasons.verdict;
  return belief.exit === depth ? (trajectory.at(-2) ?? belief) : belief;
}

/** What an exit says of the whole text. */
export function wholeAt(belief: Belief, labels: readonly string[]): Whole {
  return { uncertainty: belief.uncertainty, probability: belief.probabilities[likeliest(belief)]!, labels: labelsOf(belief, labels) };
}

/** All changes that were tried, as an exit sees them. */
export function changesAt({ words, pairs }: Reasons, belief: Belief, labels: readonly string[]): Change[] {
  const label = likeliest(belief);
  const twos = pairs.flatMap(({ parts, trajectory }) => {
    const other = trajectory.find(({ exit }) => exit === belief.exit);
    if (!other) return [];
    return [{ parts, uncertainty: other.uncertainty, probability: other.probabilities[label]!, labels: labelsOf(other, labels) }];
  });
  return [...alone(words.parts, belief.exit, wholeAt(belief, labels)), ...twos];
}

/** Words to leave out by two, where none alone lets the text leave, or flips the answer of the exit that is looked at: those not tried yet. */
export function missingPairs(reasons: Reasons, state: State): [number, number][] {
  const { labels } = state.info.value!;
  const { parts } = reasons.words;
  const [belief, gate] = [exitOf(reasons, state), gateOf(reasons, state)];
  const speed = state.rested.speed.value;
  const singly = { ...reasons, pairs: [] };
  const [changes, atGate] = [changesAt(singly, belief, labels), changesAt(singly, gate, labels)];
  const wanted = [
    ...(gate.uncertainty < speed || toLeave(atGate, parts, speed) ? [] : pairsToTry(atGate, parts, 'leave')),
    ...(toFlip(changes, parts, wholeAt(belief, labels)) ? [] : pairsToTry(changes, parts, 'flip')),
  ];
  const known = new Set(reasons.pairs.map((pair) => pair.parts.join()));
  return wanted.filter((pair) => !known.has(pair.join()) && known.add(pair.join()));
}
