/** From a text to token ids. */

import { Tokenizer } from '@huggingface/tokenizers';
import { PackageError } from '../src/core/package-error.js';

export interface Tokenized {
  /** Position of the text in its call. */
  index: number;
  /** [CLS] … [SEP]. */
  ids: number[];
  truncated: boolean;
  /** How many of the ids stand for words that could not be read. */
  unknown: number;
  /** Whether there are others, [CLS] and [SEP] not counted. */
  readable: boolean;
  /** Milliseconds. */
  time: number;
}

/** As many characters a token are read at first: more than most texts have, so that few are read again. */
const FIRST_LOOK = 16;
/** And so many times more each time that those were not enough: a text of 100,000 spaces may end in a word. */
const FURTHER = 4;

export class TextTokenizer {
  private readonly tokenizer: Tokenizer;
  private readonly separator: number;
  private readonly unknown: number | undefined;
  /** Ids that say nothing of a text. */
  private readonly silent: ReadonlySet<number | undefined>;

  constructor(
    json: object,
    config: object,
    private readonly maxTokens: number,
  ) {
    try {
      this.tokenizer = new Tokenizer(json, config);
      const empty = this.tokenizer.encode('').ids;
      if (empty.length !== 2) throw new Error('an empty text is not [CLS] [SEP]');
      this.separator = empty[1]!;
      this.unknown = this.tokenizer.model?.unk_token_id;
      this.silent = new Set([...empty, this.unknown]);
    } catch (cause) {
      throw new PackageError(
        `tokenizer.json cannot be used: ${(cause as Error).message}. Export the package again.`,
      );
    }
  }

  /** Cut to the model's longest input, [CLS] and [SEP] kept. */
  tokenize(text: string, index: number): Tokenized {
    const start = performance.now();
    let ids = this.begin(text);
    const truncated = ids.length > this.maxTokens;
    if (truncated) ids = [...ids.slice(0, this.maxTokens - 1), this.separator];
    const unknown = ids.filter((id) => id === this.unknown).length;
    const readable = ids.some((id) => !this.silent.has(id));
    return { index, ids, truncated, unknown, readable, time: performance.now() - start };
  }

  /** The ids of a text, or the first of them where they are more than the model takes. */
  private begin(text: string): number[] {
    for (let length = this.maxTokens * FIRST_LOOK; ; length *= FURTHER) {
      // Cut before a space, where a word is over however it goes on: what is read is what the whole would begin with.
      const more = text.slice(length).search(/[ \n]/);
      const { ids } = this.tokenizer.encode(more < 0 ? text : text.slice(0, length + more));
      if (more < 0 || ids.length > this.maxTokens) return ids;
    }
  }
}
