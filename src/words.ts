/**
 * `trace(texts, { words: true })`: what each word of a text changes, found by reading the text without it. To the
 * worker these are texts like any others, in batches of any lengths, shared among several workers and cancelled
 * with the call. Fetched when somebody first asks.
 */

import type { Classifier } from './classifier.js';
import type { ExitEffect, ExitEvent, TextOrPair, TextPair, Verdict, WordEffect, WordEffects } from './contract.js';
import { labelsOf, likeliest, type Belief } from './core/gate.js';
import { stretchesOf, without, wordsOf, type Span } from './core/words.js';
import { checkTexts, inputError } from './input.js';
import type { TraceOptions } from './options.js';

/** Of a text of more words, so many sentences at most are left out, and so many words of those that change most. */
const MOST_WORDS = 100;
const MOST_SENTENCES = 40;
const MOST_WITHIN = 60;
/** Texts after which no more are added to a call: enough for four workers, few enough to be held at once. */
const FULL = 256;

interface Part extends Omit<WordEffect, 'exits'> {
  /** Of a sentence. */
  words?: Span[];
}

/** A text, and what it is to be read without, one at a time. */
interface Question {
  text: TextOrPair;
  parts: readonly Part[];
}

interface Answer {
  /** On the whole text. */
  verdict: Verdict;
  /** On the text without each part. */
  others: Verdict[];
  parts: WordEffect[];
}

export async function traceWords(
  classifier: Classifier,
  texts: readonly TextOrPair[],
  { mode = 'explore', onExit, onWords, ...options }: TraceOptions,
): Promise<Verdict[]> {
  if (mode !== 'explore') throw inputError(`mode is ${JSON.stringify(mode)}, and words takes all layers: leave mode out, or words`);
  if (!('Segmenter' in Intl)) throw inputError('words needs Intl.Segmenter, which this browser has not: leave it out');
  const { textPair, maxTokens, windows } = classifier.info;
  const questions = checkTexts(texts, textPair).map((text) => ({ text, parts: partsOf(text, maxTokens * windows) }));
  const verdicts: Verdict[] = [];
  for (const some of inCalls(questions)) {
    const before = verdicts.length;
    const tell = (i: number, parts: readonly WordEffect[]): void => onWords?.({ index: before + i, parts: parts.toSorted(byPlace) });
    const answers = await ask(classifier, some, options, {
      onExit: onExit && ((event) => onExit({ ...event, index: before + event.index })),
      onParts: onWords && tell,
    });
    const closer = answers.flatMap((answer, of) => {
      const parts = wordsWithin(some[of]!.parts, answer);
      return parts.length > 0 ? [{ text: some[of]!.text, parts, answer, of }] : [];
    });
    const onParts = onWords && ((i: number, parts: readonly WordEffect[]) => tell(closer[i]!.of, [...closer[i]!.answer.parts, ...parts]));
    for (const [i, { verdict, others, parts }] of (await ask(classifier, closer, options, { onParts })).entries()) {
      const { answer } = closer[i]!;
      answer.others.push(verdict, ...others);
      answer.parts.push(...parts);
    }
    for (const { verdict, others, parts } of answers) verdicts.push({ ...verdict, words: { parts: parts.toSorted(byPlace), cost: costOf(others) } });
  }
  return verdicts;
}

/** Questions for one call after another; without any, one call of none, which says what else is wrong. */
function inCalls(questions: readonly Question[]): Question[][] {
  const calls: Question[][] = [[]];
  let size = 0;
  for (const question of questions) {
    if (size >= FULL) {
      calls.push([]);
      size = 0;
    }
    calls.at(-1)!.push(question);
    size += 1 + question.parts.length;
  }
  return calls;
}

/** What to leave out of a text first: its words or, of a long one, its sentences. Beyond the tokens that are read no word is reached. */
function partsOf(text: TextOrPair, tokens: number): Part[] {
  const texts = fieldsOf(text).map(([of, written]) => ({ of, written, words: wordsOf(written, tokens) }));
  const count = texts.reduce((sum, { words }) => sum + words.length, 0);
  if (count <= MOST_WORDS) return texts.flatMap(({ of, words }) => words.map((word) => ({ unit: 'word', of, ...word })));
  return texts.flatMap(({ of, written, words }) => {
    const share = Math.max(1, Math.floor((MOST_SENTENCES * words.length) / count));
    return stretchesOf(written, words, share).map((sentence) => ({ unit: 'sentence', of, ...sentence }));
  });
}

/** The words of the sentences that change most, as many whole sentences as may be. */
function wordsWithin(sentences: readonly Part[], { parts }: Answer): Part[] {
  const size = (effect: WordEffect): number =>
    Math.max(...effect.exits.map(({ probability, uncertainty }) => Math.max(Math.abs(probability), Math.abs(uncertainty))));
  const order = [...sentences.keys()].toSorted((a, b) => size(parts[b]!) - size(parts[a]!));
  const found: Part[] = [];
  for (const i of order) {
    const { of, words = [] } = sentences[i]!;
    if (found.length + words.length <= MOST_WITHIN) found.push(...words.map((word) => ({ unit: 'word' as const, of, ...word })));
  }
  return found;
}

interface Listeners {
  onExit?: TraceOptions['onExit'];
  /** Told of a question's parts: so far as they are known. */
  onParts?: ((question: number, parts: readonly WordEffect[]) => void) | undefined;
}

/** Reads each text, and each without its parts, on one device: two of them say the same only nearly. */
async function ask(
  classifier: Classifier,
  questions: readonly Question[],
  options: TraceOptions,
  { onExit, onParts }: Listeners,
): Promise<Answer[]> {
  const texts = questions.flatMap(({ text, parts }) => [text, ...parts.map((part) => lacking(text, part))]);
  /** Of a text that is whole, which of the questions it is. */
  const whole = new Map<number, number>();
  questions.reduce((at, { parts }, i) => (whole.set(at, i), at + 1 + parts.length), 0);
  const learn = onParts && learner(questions, [...whole.keys()], classifier.info, onParts);
  const hear = (event: ExitEvent): void => {
    const index = whole.get(event.index);
    if (index !== undefined) onExit?.({ ...event, index });
    learn?.(event);
  };
  const listens = onExit !== undefined || onParts !== undefined;
  const verdicts = await classifier.classify(texts, { ...options, mode: 'explore', ...(listens && { onExit: hear }) }, true);
  return [...whole].map(([at, i]) => {
    const { parts } = questions[i]!;
    const verdict = verdicts[at]!;
    const others = verdicts.slice(at + 1, at + 1 + parts.length);
    const effects = parts.map(({ unit, of, start, end }, k) => ({ unit, of, start, end, exits: effectsOf(verdict, others[k]!, classifier.info.labels) }));
    return { verdict, others, parts: effects };
  });
}

/**
 * What is known of the parts of questions, from what comes in of all their texts.
 *
 * @param starts where the texts of each begin, with the whole one
 */
function learner(questions: readonly Question[], starts: readonly number[], { layers, labels }: Pick<Classifier['info'], 'layers' | 'labels'>, onParts: NonNullable<Listeners['onParts']>): (event: ExitEvent) => void {
  const told = questions.map(({ parts }) => parts.map(({ unit, of, start, end }): WordEffect => ({ unit, of, start, end, exits: [] })));
  /** Of every text its question, and of those that lack a part, which. */
  const places = questions.flatMap(({ parts }, question) => [{ question, part: -1 }, ...parts.map((_, part) => ({ question, part }))]);
  const beliefs: Belief[][] = places.map(() => []);
  const isRead = (text: number): boolean => beliefs[text]!.some(({ exit }) => exit === layers);
  for (const [question, parts] of told.entries()) onParts(question, parts);
  return ({ index, belief }) => {
    const { question } = places[index]!;
    const mine = beliefs[index]!;
    if (mine.some(({ exit }) => exit >= belief.exit)) return; // a text that was begun again says the same again
    mine.push(belief);
    const whole = starts[question]!;
    if (belief.exit !== layers || !isRead(whole)) return;
    // The whole text may come after some of the others.
    for (const [part, effect] of told[question]!.entries()) {
      const text = whole + 1 + part;
      if (effect.exits.length > 0 || !isRead(text)) continue;
      told[question]![part] = { ...effect, exits: effectsOf({ trajectory: beliefs[whole]! }, { trajectory: beliefs[text]! }, labels) };
    }
    onParts(question, told[question]!);
  };
}

function effectsOf(whole: Pick<Verdict, 'trajectory'>, other: Pick<Verdict, 'trajectory'>, labels: readonly string[]): ExitEffect[] {
  return whole.trajectory.map((belief, i) => {
    const changed = other.trajectory[i]!;
    const label = likeliest(belief);
    return {
      exit: belief.exit,
      probability: changed.probabilities[label]! - belief.probabilities[label]!,
      uncertainty: changed.uncertainty - belief.uncertainty,
      labels: labelsOf(changed, labels),
    };
  });
}

/** A text, or those of a pair, by name. */
function fieldsOf(text: TextOrPair): [of: keyof TextPair | undefined, written: string][] {
  return typeof text === 'string' ? [[undefined, text]] : [['text', text.text], ['text_pair', text.text_pair]];
}

function lacking(text: TextOrPair, part: Part): TextOrPair {
  if (typeof text === 'string') return without(text, [part]);
  return { ...text, [part.of!]: without(text[part.of!], [part]) };
}

/** Sentences before their words. */
function byPlace(one: WordEffect, other: WordEffect): number {
  const text = Number(one.of === 'text_pair') - Number(other.of === 'text_pair');
  return text || one.start - other.start || other.end - one.end;
}

function costOf(others: readonly Verdict[]): WordEffects['cost'] {
  return {
    texts: others.length,
    layers: others.reduce((sum, { depth }) => sum + depth, 0),
    ms: others.reduce((sum, { times }) => sum + times.total, 0),
  };
}
