/** A step of the guided story: plain words, and words that can be pressed. */

/** What a word that is pressed does: src/page/story.ts. */
export type Cue =
  | 'easy'
  | 'negated'
  | 'sarcastic'
  | 'offTopic'
  | 'firstExit'
  | 'lastExit'
  | 'lowSpeed'
  | 'middleSpeed'
  | 'highSpeed'
  | 'noSpeed'
  | 'honest'
  | 'honestLast'
  | 'curve'
  | 'sixty'
  | 'disagree';

export interface Step {
  title: string;
  body: readonly (string | readonly [words: string, cue: Cue])[];
}
