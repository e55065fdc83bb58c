/** A classifier as a function. */

import type { Classifier } from './classifier.js';
import type { TextOrPair, Verdict } from './contract.js';
import { checkPace, checkSpeed, inputError } from './input.js';
import type { ClassifyOptions, Pace, StreamOptions, TraceOptions } from './options.js';
import { stream } from './stream.js';
import type { LabelScore, TextClassificationPipeline } from './text-classification.js';

export function asPipeline(classifier: Classifier): TextClassificationPipeline {
  async function classify(
    input: TextOrPair | TextOrPair[],
    { top_k = 1, ...rest }: ClassifyOptions = {},
  ): Promise<LabelScore[] | LabelScore[][]> {
    if (top_k !== null && !(Number.isInteger(top_k) && top_k > 0)) {
      throw inputError(`top_k is ${String(top_k)}; it takes a whole number from 1 up, or null for all`);
    }
    const texts = Array.isArray(input) ? input : [input];
    const verdicts = await classifier.classify(texts, rest);
    const { labels } = classifier.info;
    const ranked = verdicts.map((verdict) => best(verdict, labels, top_k ?? labels.length));
    if (!Array.isArray(input)) return ranked[0]!;
    return top_k === 1 ? ranked.map((one) => one[0]!) : ranked;
  }

  return Object.defineProperties(classify, {
    stream: {
      value: (texts: AsyncIterable<TextOrPair>, wanted: StreamOptions = {}) =>
        stream((some, chosen) => classifier.classify(some, chosen), texts, wanted),
    },
    trace: {
      value: async (texts: TextOrPair[], { words, ...wanted }: TraceOptions = {}) =>
        words ? (await import('./words.js')).traceWords(classifier, texts, wanted) : classifier.classify(texts, wanted),
    },
    speed: {
      get: () => ('speed' in classifier.target ? classifier.target.speed : undefined),
      set: (value: number) => {
        classifier.target = { speed: checkSpeed(value) };
      },
    },
    pace: {
      get: () => classifier.target,
      set: (pace: Pace) => {
        classifier.target = checkPace(pace) ?? classifier.target;
      },
    },
    info: { get: () => classifier.info },
    dispose: { value: () => classifier.dispose() },
  }) as unknown as TextClassificationPipeline;
}

function best(verdict: Verdict, labels: string[], count: number): LabelScore[] {
  return labels
    .map((label, i) => ({ label, score: verdict.probabilities[i]! }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, count);
}
