/** From a text to token ids. */

import { Tokenizer } from '@huggingface/tokenizers';
import { PackageError } from '../src/core/package-error.js';

export interface Tokenized {
  /** Position of the text in its call. */
  index: number;
  /** [CLS] … [SEP]. */
  ids: number[];
  truncated: boolean;
  /** Milliseconds. */
  time: number;
}

/** No word piece reads further than this, so text beyond `maxTokens` of them cannot matter. */
const LONGEST_PIECE = 200;

export class TextTokenizer {
  private readonly tokenizer: Tokenizer;
  private readonly separator: number;

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
    } catch (cause) {
      throw new PackageError(
        `tokenizer.json cannot be used: ${(cause as Error).message}. Export the package again.`,
      );
    }
  }

  /** Cut to the model's longest input, [CLS] and [SEP] kept. */
  tokenize(text: string, index: number): Tokenized {
    const start = performance.now();
    const readable = text.slice(0, this.maxTokens * LONGEST_PIECE);
    let { ids } = this.tokenizer.encode(readable);
    const truncated = ids.length > this.maxTokens || readable.length < text.length;
    if (ids.length > this.maxTokens) ids = [...ids.slice(0, this.maxTokens - 1), this.separator];
    return { index, ids, truncated, time: performance.now() - start };
  }
}
