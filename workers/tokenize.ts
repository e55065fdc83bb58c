/** From a text, or a pair, to token ids. */

import { Tokenizer } from '@huggingface/tokenizers';
import type { TextOrPair, TextPair } from '../src/contract.js';
import { PackageError } from '../src/core/package-error.js';
import type { Span } from '../src/core/words.js';
import { windowsOf } from './windows.js';

/** What is read together. */
export interface Window {
  /** [CLS] … [SEP]; of a pair [CLS] … [SEP] … [SEP]. */
  ids: number[];
  /** Of a pair, where the second text begins in `ids`. */
  second?: number;
  /** Where it stands in a text that has several, in UTF-16 code units. */
  place?: Span;
  /** Whether any of the ids stands for something that could be read, [CLS] and [SEP] not counted. */
  readable: boolean;
}

export interface Tokenized {
  /** Position of the text in its call. */
  index: number;
  /** One, but of texts that are longer than the model reads at once. */
  windows: Window[];
  tokens: number;
  truncated: boolean;
  /** How many of the ids stand for words that could not be read. */
  unknown: number;
  /** Milliseconds. */
  time: number;
}

/** As many characters a token are read at first: more than most texts have, so that few are read again. */
const FIRST_LOOK = 16;
/** And so many times more each time that those were not enough: a text of 100,000 spaces may end in a word. */
const FURTHER = 4;

/** What Unigram tokenizers put before a word; alone it says nothing of it (training/unread.py: the same). */
const SPACE = '▁';

export class TextTokenizer {
  private readonly tokenizer: Tokenizer;
  private readonly start: number;
  private readonly separator: number;
  private readonly unknown: number | undefined;
  /** Ids that say nothing of a text. */
  private readonly silent: ReadonlySet<number | undefined>;
  /** Between the texts of a pair: [SEP], in some families two of them. */
  private readonly between: readonly number[];

  /**
   * @param pairs whether it shall read pairs too
   * @param windows of a text at most
   */
  constructor(
    json: object,
    config: object,
    private readonly maxTokens: number,
    pairs = false,
    private readonly windows = 1,
  ) {
    try {
      this.tokenizer = new Tokenizer(json, config);
      const empty = this.tokenizer.encode('').ids;
      if (empty.length !== 2) throw new Error('an empty text is not [CLS] [SEP]');
      [this.start, this.separator] = empty as [number, number];
      this.unknown = this.tokenizer.model?.unk_token_id;
      this.silent = new Set([...empty, this.unknown, this.tokenizer.token_to_id(SPACE)]);
      const end = 1 - this.tokenizer.encode('a').ids.length;
      this.between = pairs ? this.tokenizer.encode('', { text_pair: 'a' }).ids.slice(1, end) : [];
    } catch (cause) {
      throw new PackageError(
        `tokenizer.json cannot be used: ${(cause as Error).message}. Export the package again.`,
      );
    }
  }

  /** Cut to what the model reads, [CLS] and [SEP] of each window kept; of a pair the longer text is cut first. */
  tokenize(text: TextOrPair, index: number): Tokenized {
    const start = performance.now();
    const { windows, truncated } = typeof text === 'string' ? this.readText(text) : this.readPair(text);
    const ids = windows.flatMap((window) => window.ids);
    const unknown = ids.filter((id) => id === this.unknown).length;
    return { index, windows, tokens: ids.length, truncated, unknown, time: performance.now() - start };
  }

  private readText(text: string): Pick<Tokenized, 'windows' | 'truncated'> {
    const { maxTokens, windows: most } = this;
    const ids = this.begin(text);
    if (ids.length <= maxTokens || most === 1) return { windows: [this.window(ids)], truncated: ids.length > maxTokens };
    const { windows, isWhole } = windowsOf(text, maxTokens - 2, most, (part) => (part === text ? ids : this.begin(part)).length - 2);
    const begun = windows.map((place) => ({ place, ids: this.begin(text.slice(place.start, place.end)) }));
    const truncated = !isWhole || begun.some((window) => window.ids.length > maxTokens);
    return { windows: begun.map((window) => ({ ...this.window(window.ids), place: window.place })), truncated };
  }

  private readPair({ text, text_pair }: TextPair): Pick<Tokenized, 'windows' | 'truncated'> {
    // Without [CLS] and [SEP].
    const [one, other] = [this.begin(text).slice(1, -1), this.begin(text_pair).slice(1, -1)];
    const room = this.maxTokens - this.between.length - 2;
    const [most, mostOfOther] = sharesOf(room, one.length, other.length);
    const first = [this.start, ...one.slice(0, most), ...this.between];
    const window = this.window([...first, ...other.slice(0, mostOfOther), this.separator]);
    return { windows: [{ ...window, second: first.length }], truncated: one.length + other.length > room };
  }

  /** Of ids that may be too many. */
  private window(begun: number[]): Window {
    const ids = begun.length <= this.maxTokens ? begun : [...begun.slice(0, this.maxTokens - 1), this.separator];
    return { ids, readable: ids.some((id) => !this.silent.has(id)) };
  }

  /** The ids of a text, or the first of them where they are more than the model takes. */
  private begin(text: string): number[] {
    for (let length = this.maxTokens * FIRST_LOOK; ; length *= FURTHER) {
      // Cut before a space or a Chinese character, where a word is over however it goes on: what is read is what the whole would begin with.
      const more = text.slice(length).search(/[ \n\p{Script=Han}]/u);
      const { ids } = this.tokenizer.encode(more < 0 ? text : text.slice(0, length + more));
      if (more < 0 || ids.length > this.maxTokens) return ids;
    }
  }
}

/** How many tokens two texts get of the room for both: the longer is cut first, as Python's `longest_first` does. */
function sharesOf(room: number, one: number, other: number): [one: number, other: number] {
  if (one + other <= room) return [one, other];
  const shorter = Math.min(one, other, Math.floor(room / 2));
  return one > other ? [room - shorter, shorter] : [shorter, room - shorter];
}
