/** What `pipeline()` gives: a function in the call shape of transformers.js, and what early exit adds to it. */

import type { ModelInfo, TextOrPair, Verdict } from './contract.js';
import type { ClassifyOptions, Pace, StreamOptions, TraceOptions } from './options.js';

export interface LabelScore {
  label: string;
  score: number;
}

/**
 * Classifies texts. A single text gives its labels; an array gives one label a text, or, with
 * `top_k` other than 1, a list of labels a text: the nesting of transformers.js. A model of pairs
 * takes `{ text, text_pair }` where others take a string.
 */
export interface TextClassificationPipeline {
  (text: TextOrPair, options?: ClassifyOptions): Promise<LabelScore[]>;
  (texts: TextOrPair[], options?: ClassifyOptions & { top_k?: 1 }): Promise<LabelScore[]>;
  (texts: TextOrPair[], options: ClassifyOptions & { top_k: number | null }): Promise<LabelScore[][]>;
  /** The same texts with everything that happened to them, in the order given. */
  trace(texts: TextOrPair[], options?: TraceOptions): Promise<Verdict[]>;
  /**
   * Verdicts of texts that come one after another, in their order: `for await (const verdict of
   * classify.stream(lines))`. Reads no further ahead than it is listened to; leaving the loop closes the
   * source. Where the source fails, so does the loop, once all texts before are answered.
   */
  stream(texts: AsyncIterable<TextOrPair> | Iterable<TextOrPair>, options?: StreamOptions): AsyncGenerator<Verdict, void, undefined>;
  /**
   * The pace of calls that name none: `{ speed }`, `{ speedup }`, `{ accuracy }` or `{ agreement }`. Setting it also
   * changes such calls already running, from their next gate on.
   */
  pace: Pace;
  /** Its speed; undefined where it was told in another way. */
  get speed(): number | undefined;
  set speed(speed: number);
  /** What is loaded, and where it runs. */
  readonly info: ModelInfo;
  /** Frees its model, and with the page's last pipeline the workers; calls still running reject with DisposedError. */
  dispose(): Promise<void>;
}
