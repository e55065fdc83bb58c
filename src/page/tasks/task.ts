/** One task: its example sentences; what the page says of it is among the words, its model in `models/ID`, or taught in the page. */

import type { Belief } from '../../core/index.js';
import type { Words } from '../words/en.js';

/** What is interesting about a sentence. */
export type Kind = keyof Words['kinds'];

export interface Example {
  kind: Kind;
  text: string;
}

/** One of many to try at once, with the class that we mean as the name of its label; what is off-topic has none. */
export interface Sentence extends Example {
  label?: string;
}

/** What a task's model made of some of its examples, once, elsewhere. */
export interface RecordedRun {
  /** On what it ran. */
  device: string;
  speed: number;
  layers: number;
  /** The classes that were ever likely; probabilities are theirs alone. */
  labels: readonly string[];
  samples: readonly { text: string; trajectory: readonly Belief[] }[];
}

export interface Task {
  id: keyof Words['tasks'];
  /** Whether `rivals.json` lies beside the model. */
  hasRivals: boolean;
  /** Sentences to try, all written for this page; none is from a data set. */
  examples: readonly Example[];
  /** The example that a visitor sees first: takes the model some layers, but not all. */
  first: string;
  /** What kinds of sentences there are, easy ones first. */
  kinds: readonly Kind[];
  /** At least sixty, in the order of their kinds; a file of their own, loaded when they are asked for. */
  sentences(): Promise<readonly Sentence[]>;
  /** Made by `npm run -s record`; played while the model is not there yet. */
  recorded(): Promise<RecordedRun>;
}
