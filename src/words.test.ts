import { expect, test } from 'vitest';
import type { Classifier } from './classifier.js';
import type { TextOrPair, Verdict, WordsEvent } from './contract.js';
import { beliefOf } from './core/entropy.js';
import type { Belief } from './core/gate.js';
import { without } from './core/words.js';
import type { TraceOptions } from './options.js';
import { traceWords } from './words.js';

/** Two exits that count some words, the second more strongly. */
const WEIGHTS: Record<string, number> = { good: 1, lovely: 3, bad: -2 };
const LAYERS = 1;

const written = (text: TextOrPair): string => (typeof text === 'string' ? text : `${text.text} ${text.text_pair}`);

function trajectoryOf(text: TextOrPair, multi: boolean): Belief[] {
  const found: string[] = written(text).match(/[a-z]+/g) ?? [];
  const sum = found.reduce((all, word) => all + (WEIGHTS[word] ?? 0), 0);
  const manifest = { problem_type: multi ? 'multi_label_classification' : 'single_label_classification', uncertainty_classes: 2 } as const;
  return [0, 1].map((exit) => beliefOf(multi ? [sum, found.includes('bad') ? 4 : -4] : [0, sum * (exit + 1)], exit, manifest));
}

/** A classifier that remembers its calls. */
function counting({ textPair = false, multi = false, maxTokens = 512, windows = 1 } = {}) {
  const calls: { texts: readonly TextOrPair[]; options: TraceOptions; together: boolean }[] = [];
  const classifier = {
    info: { textPair, maxTokens, windows, labels: ['no', 'yes'], layers: LAYERS },
    classify(texts: readonly TextOrPair[], options: TraceOptions, together: boolean): Promise<Verdict[]> {
      calls.push({ texts, options, together });
      options.signal?.throwIfAborted();
      const verdicts = texts.map((text, index) => {
        const trajectory = trajectoryOf(text, multi);
        for (const belief of trajectory) options.onExit?.({ index, belief });
        return { trajectory, depth: LAYERS, times: { total: 2 } } as unknown as Verdict;
      });
      return Promise.resolve(verdicts);
    },
  };
  return { calls, classifier: classifier as unknown as Classifier };
}

const changes = (whole: TextOrPair, other: TextOrPair, exit: number) => {
  const [a, b] = [whole, other].map((text) => trajectoryOf(text, false)[exit]!) as [Belief, Belief];
  const label = a.probabilities[1]! > a.probabilities[0]! ? 1 : 0;
  return { exit, probability: b.probabilities[label]! - a.probabilities[label]!, uncertainty: b.uncertainty - a.uncertainty };
};

test('each word has, at each exit, what the text without it is answered differently', async () => {
  const { classifier, calls } = counting();
  const text = 'A lovely, bad film.';
  const [verdict] = await traceWords(classifier, [text], {});
  expect(calls[0]!.texts).toEqual([text, 'lovely, bad film.', 'A, bad film.', 'A lovely, film.', 'A lovely, bad.']);
  expect(calls[0]).toMatchObject({ options: { mode: 'explore' }, together: true });
  const { parts, cost } = verdict!.words!;
  expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual(['A', 'lovely', 'bad', 'film']);
  for (const { unit, start, end, exits } of parts) {
    expect(unit).toBe('word');
    expect(exits).toMatchObject([0, 1].map((exit) => changes(text, without(text, [{ start, end }]), exit)));
  }
  expect(parts[1]!.exits.map(({ labels, probability }) => [labels, Math.sign(probability)])).toEqual([[['no'], -1], [['no'], -1]]);
  expect(parts[2]!.exits.map(({ labels, uncertainty }) => [labels, Math.sign(uncertainty)])).toEqual([[['yes'], -1], [['yes'], -1]]);
  expect(cost).toEqual({ texts: 4, layers: 4 * LAYERS, ms: 8 });
});

test('an empty text and one of symbols have no words; without its only word a text is empty', async () => {
  const { classifier, calls } = counting();
  const verdicts = await traceWords(classifier, ['', '!? 👍', 'good'], {});
  expect(verdicts.map(({ words }) => words!.parts.length)).toEqual([0, 0, 1]);
  expect(verdicts[0]!.words!.cost).toEqual({ texts: 0, layers: 0, ms: 0 });
  expect(calls[0]!.texts).toEqual(['', '!? 👍', 'good', '']);
  expect(verdicts[2]!.words!.parts[0]!.exits[0]!.uncertainty).toBeGreaterThan(0);
  expect(await traceWords(classifier, [], {})).toEqual([]);
});

test('of a pair, either text is read without each of its words', async () => {
  const { classifier, calls } = counting({ textPair: true });
  const [verdict] = await traceWords(classifier, [{ text: 'so good', text_pair: 'bad' }], {});
  expect(calls[0]!.texts.slice(1)).toEqual([{ text: 'good', text_pair: 'bad' }, { text: 'so', text_pair: 'bad' }, { text: 'so good', text_pair: '' }]);
  expect(verdict!.words!.parts.map(({ of, start, end }) => [of, start, end])).toEqual([['text', 0, 2], ['text', 3, 7], ['text_pair', 0, 3]]);
});

test('of several labels it is the likeliest that changes, and all that are answered are told', async () => {
  const { classifier } = counting({ multi: true });
  const [verdict] = await traceWords(classifier, ['lovely good bad'], {});
  const [lovely, good, bad] = verdict!.words!.parts.map(({ exits }) => exits[0]!);
  expect([lovely, good, bad].map((effect) => effect!.labels)).toEqual([['yes'], ['yes', 'no'], ['no']]);
  expect(lovely!.probability).toBe(0);
  expect(bad!.probability).toBeLessThan(-0.9);
});

test('a long text is read without its sentences, then without the words of those that change most, about a hundred times at most', async () => {
  const { classifier, calls } = counting();
  const dull = 'They sat at the table and ate what there was. ';
  const text = `${dull.repeat(20)}The weather was lovely that day. ${dull.repeat(20)}`;
  const [verdict] = await traceWords(classifier, [text], {});
  const { parts, cost } = verdict!.words!;
  expect(cost.texts).toBe(calls[0]!.texts.length - 1 + calls[1]!.texts.length);
  expect(cost.texts).toBeLessThanOrEqual(101);
  expect(cost).toMatchObject({ layers: cost.texts * LAYERS, ms: cost.texts * 2 });
  const told = parts.map(({ unit, start, end }) => [unit, text.slice(start, end)]);
  const [sentences, words] = [told.filter(([unit]) => unit === 'sentence'), told.filter(([unit]) => unit === 'word')];
  expect(sentences.length).toBeLessThanOrEqual(40);
  expect(sentences.map(([, one]) => one).join(' ')).toBe(text.trim());
  expect(words.length).toBeGreaterThan(30);
  expect(words.length).toBeLessThanOrEqual(60);
  expect(words.map(([, one]) => one)).toContain('lovely');
  expect(parts).toEqual(parts.toSorted((a, b) => a.start - b.start || b.end - a.end));
});

test('words are told as they are known, and are what they are in the end', async () => {
  const { classifier } = counting();
  const texts = ['A lovely, bad film.', 'good'];
  const told: WordsEvent[] = [];
  const verdicts = await traceWords(classifier, texts, { onWords: (event) => told.push(event) });
  const known = told.map(({ index, parts }) => [index, parts.filter(({ exits }) => exits.length > 0).length]);
  expect(known).toEqual([[0, 0], [1, 0], [0, 0], [0, 1], [0, 2], [0, 3], [0, 4], [1, 0], [1, 1]]);
  expect(told[6]!.parts).toEqual(verdicts[0]!.words!.parts);
  expect(told.at(-1)!.parts).toEqual(verdicts[1]!.words!.parts);
});

test('of a long text its sentences are told first, then their words beside them', async () => {
  const { classifier } = counting();
  const text = 'They sat at the table and ate what was lovely there. '.repeat(20);
  const told: WordsEvent[] = [];
  const [verdict] = await traceWords(classifier, [text], { onWords: (event) => told.push(event) });
  const sizes = [...new Set(told.map(({ parts }) => parts.length))];
  expect(sizes).toEqual([20, verdict!.words!.parts.length]);
  const first = told.find(({ parts }) => parts.length > 20)!;
  expect(first.parts.filter(({ exits }) => exits.length > 0).map(({ unit }) => unit)).toEqual(Array(20).fill('sentence'));
  expect(told.at(-1)!.parts).toEqual(verdict!.words!.parts);
});

test('a text that is begun again, as where a worker died, is told once', async () => {
  const { classifier } = counting();
  const classify = classifier.classify.bind(classifier);
  classifier.classify = (texts, options, together) => {
    if (texts.length > 0) options.onExit?.({ index: 0, belief: trajectoryOf(texts[0]!, false)[0]! });
    return classify(texts, options, together);
  };
  const told: WordsEvent[] = [];
  const [verdict] = await traceWords(classifier, ['A lovely, bad film.'], { onWords: (event) => told.push(event) });
  expect(told.at(-1)!.parts).toEqual(verdict!.words!.parts);
});

test('words beyond those that the model takes are not looked at', async () => {
  const { classifier, calls } = counting({ maxTokens: 8 });
  await traceWords(classifier, ['word '.repeat(100_000)], {});
  expect(calls[0]!.texts).toHaveLength(1 + 8);
  const inWindows = counting({ maxTokens: 8, windows: 3 });
  await traceWords(inWindows.classifier, ['word '.repeat(1000)], {});
  expect(inWindows.calls[0]!.texts).toHaveLength(1 + 3 * 8);
});

test('many texts are several calls, one after another; events are those of the whole texts', async () => {
  const { classifier, calls } = counting();
  const texts = Array.from({ length: 200 }, (_, i) => `film ${i} was good`);
  const heard: number[] = [];
  const verdicts = await traceWords(classifier, texts, { onExit: ({ index, belief }) => belief.exit === 0 && heard.push(index), speed: 0.3 });
  expect(verdicts).toHaveLength(200);
  expect(calls.flatMap(({ texts: some }) => some).filter((text) => texts.includes(text as string))).toEqual(texts);
  const full = calls.filter(({ texts: some }) => some.length > 0);
  expect(full.length).toBeGreaterThan(3);
  for (const call of full) expect(call.texts.length).toBeLessThan(300);
  expect(full.every(({ options }) => options.speed === 0.3)).toBe(true);
  expect(heard).toEqual([...texts.keys()]);
});

test('an aborted signal ends it between two calls', async () => {
  const { classifier, calls } = counting();
  const call = new AbortController();
  const texts = Array.from({ length: 300 }, () => 'a good film');
  const running = traceWords(classifier, texts, { signal: call.signal });
  call.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
  expect(calls.length).toBeLessThan(4);
});

test('fast mode, and what is no text, are refused before anything is read', async () => {
  const { classifier, calls } = counting();
  await expect(traceWords(classifier, ['a'], { mode: 'fast' })).rejects.toMatchObject({ name: 'InputError' });
  await expect(traceWords(classifier, ['a', 7 as never], {})).rejects.toThrow('text 1 is number');
  expect(calls).toEqual([]);
});
