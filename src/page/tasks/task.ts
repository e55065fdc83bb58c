/** What the page says of one task; the model of it is in `models/ID`. */

export interface Example {
  /** What is interesting about it. */
  kind: string;
  text: string;
}

/** One of many to try at once, with the class that we mean as the name of its label; what is off-topic has none. */
export interface Sentence extends Example {
  label?: string;
}

export interface Task {
  id: string;
  name: string;
  /** Whether `rivals.json` lies beside the model. */
  hasRivals: boolean;
  /** What the model decides of a text. */
  question: string;
  placeholder: string;
  /** What it learned from, and what it does not know. */
  limits: string;
  /** Sentences to try, all written for this page; none is from a data set. */
  examples: readonly Example[];
  /** The example that a visitor sees first: takes the model some layers, but not all. */
  first: string;
  /** What kinds of sentences there are, easy ones first. */
  kinds: readonly string[];
  /** At least sixty, in the order of their kinds; a file of their own, loaded when they are asked for. */
  sentences(): Promise<readonly Sentence[]>;
}
