/**
 * The words of a text and its sentences, and the text without some of them: what it takes to ask what each of them
 * changes. What is a word is Unicode's say and, of scripts that write none of their ends, a dictionary's
 * (`Intl.Segmenter`, UAX 29); the locale has next to no part in it, so it is always the same one.
 */

/** A part of a text, in UTF-16 code units: `text.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
}

/** A sentence, a part of a long one, or several short ones, with the words in it. */
export interface Stretch extends Span {
  words: Span[];
}

/** Words of a stretch that is no whole sentence. */
const LONGEST = 32;
const NO_LETTERS = /^[^\p{L}\p{N}]*/u;

/** The first words of a text; punctuation and symbols are none. */
export function wordsOf(text: string, most: number): Span[] {
  const words: Span[] = [];
  for (const { segment, index, isWordLike } of segmenter('word').segment(text)) {
    if (words.length === most) break;
    if (isWordLike) words.push({ start: index, end: index + segment.length });
  }
  return words;
}

/**
 * A text's sentences, long ones in parts, and where there are more than `most` of them neighbours together.
 *
 * @param words of the text, from its first on: what lies behind them is in no stretch
 */
export function stretchesOf(text: string, words: readonly Span[], most: number): Stretch[] {
  const sentences = segmenter('sentence').segment(text);
  const runs: { start: number; words: Span[] }[] = [];
  let end = 0;
  for (const word of words) {
    if (word.start >= end) {
      const { index, segment } = sentences.containing(word.start)!;
      end = index + segment.length;
      runs.push({ start: index, words: [word] });
    } else if (runs.at(-1)!.words.length === LONGEST) runs.push({ start: word.start, words: [word] });
    else runs.at(-1)!.words.push(word);
  }
  const together = Math.ceil(runs.length / most);
  const first = runs.filter((_, i) => i % together === 0);
  return first.map(({ start }, i) => {
    const within = runs.slice(i * together, (i + 1) * together).flatMap((run) => run.words);
    const last = within.at(-1)!.end;
    const [punctuation] = NO_LETTERS.exec(text.slice(last, first[i + 1]?.start))!;
    return { start, end: last + punctuation.trimEnd().length, words: within };
  });
}

/** A text without some parts of it, which do not overlap, each with the white space before it, or at its start behind it. */
export function without(text: string, parts: readonly Span[]): string {
  return parts
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => {
      const before = rest.slice(0, start).trimEnd();
      const after = rest.slice(end);
      return before === '' ? after.trimStart() : before + after;
    }, text);
}

function segmenter(granularity: 'word' | 'sentence'): Intl.Segmenter {
  return new Intl.Segmenter('en', { granularity });
}
