/** Labels and texts, and what is done to them. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Notebook } from './notebook.js';

const readable = (): boolean => true;
const changed = vi.fn<() => void>();
let book: Notebook;

beforeEach(() => {
  changed.mockClear();
  book = new Notebook(['bill', 'praise', 'other'], [], changed);
});

/** Texts by label, as they stand. */
const standing = (): [string, string | undefined][] => book.texts.map(({ text, label }) => [text, label]);

describe('adding', () => {
  it('takes texts, labelled all alike, each for itself, or not at all', () => {
    book.add(['too much', 'twice'], 'bill');
    book.add([{ text: 'well done', label: 'praise' }, { text: 'hm' }, 'hello'], undefined);
    expect(standing()).toEqual([['too much', 'bill'], ['twice', 'bill'], ['well done', 'praise'], ['hm', undefined], ['hello', undefined]]);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('what is there already stays one, and takes a label if it has none', () => {
    const [first] = book.add(['too much'], undefined);
    expect(book.add(['too much'], 'bill')[0]!.id).toBe(first!.id);
    expect(book.add(['too much'], 'bill')[0]!.id).toBe(first!.id);
    expect(book.add(['too much'], undefined)[0]!.label).toBe('bill');
    expect(standing()).toEqual([['too much', 'bill']]);
  });

  it('the same text under another label is another', () => {
    const [one] = book.add(['fine'], 'bill');
    const [other] = book.add(['fine'], 'praise');
    expect(other!.id).not.toBe(one!.id);
    expect(book.toRead()).toHaveLength(1);
  });

  it.each([
    [[''], undefined, /text 0 is blank/],
    [['a', 3], undefined, /text 1 is number, not a string/],
    [[{ text: 'a', label: 'bil' }], undefined, /no label "bil"; there are "bill", "praise", "other"/],
    [['a'], 'nothing', /no label "nothing"/],
  ])('%j is refused as a whole', (texts, label, message) => {
    expect(() => book.add(texts as string[], label)).toThrow(message);
    expect(standing()).toEqual([]);
  });
});

describe('labels', () => {
  beforeEach(() => {
    book.add(['too much', 'twice'], 'bill');
    book.add(['well done'], 'praise');
  });

  it('are renamed, merged and taken away, with their texts', () => {
    book.renameLabel('bill', 'invoice');
    expect(book.labels).toEqual(['invoice', 'praise', 'other']);
    book.mergeLabel('praise', 'other');
    expect(standing()).toEqual([['too much', 'invoice'], ['twice', 'invoice'], ['well done', 'other']]);
    book.removeLabel('invoice');
    expect(standing()).toEqual([['too much', undefined], ['twice', undefined], ['well done', 'other']]);
    expect(book.labels).toEqual(['other']);
  });

  it('have each their name', () => {
    expect(() => book.renameLabel('bill', 'praise')).toThrow(/already; mergeLabel/);
    expect(() => book.addLabel(' ')).toThrow(/not blank/);
    expect(() => book.mergeLabel('bill', 'bill')).toThrow(/into itself/);
    expect(() => book.mergeLabel('bill', 'gone')).toThrow(/no label "gone"/);
    expect(book.labels).toEqual(['bill', 'praise', 'other']);
  });
});

describe('texts', () => {
  it('are corrected where they stand; another text is read anew, another label is not', () => {
    const [first, second] = book.add(['too much', 'twice'], 'bill');
    const before = book.toRead();
    book.change(first!.id, { label: 'other' });
    expect(book.toRead()).toEqual(before);
    book.change(first!.id, { text: 'far too much' });
    expect(standing()).toEqual([['far too much', 'other'], ['twice', 'bill']]);
    const after = book.toRead();
    expect(after.find(({ text }) => text === 'twice')).toEqual(before[1]);
    expect(before.map(({ id }) => id)).not.toContain(after.find(({ text }) => text === 'far too much')!.id);
    book.change(second!.id, { label: undefined });
    expect(book.texts[1]!.label).toBeUndefined();
    book.remove(first!.id);
    expect(standing()).toEqual([['twice', undefined]]);
    expect(() => book.remove(first!.id)).toThrow(/no text 1/);
  });

  it('that come to be the same under a label are one, by a change or a merge', () => {
    book.add(['too much', 'twice'], 'bill');
    const [third] = book.add(['too much', 'well done'], 'praise');
    book.takeChanges();
    book.mergeLabel('praise', 'bill');
    expect(standing()).toEqual([['too much', 'bill'], ['twice', 'bill'], ['well done', 'bill']]);
    expect(book.takeChanges()).toEqual({ texts: [{ id: 4, text: 'well done', label: 'bill' }], removed: [third!.id] });
    expect(book.change(2, { text: 'too much' }).id).toBe(1);
    expect(standing()).toEqual([['too much', 'bill'], ['well done', 'bill']]);
    book.removeLabel('bill');
    expect(standing()).toEqual([['too much', undefined], ['well done', undefined]]);
  });

  it('and labels that are handed out are no way in', () => {
    const [text] = book.add(['too much'], 'bill');
    expect(() => Object.assign(text!, { label: 'praise' })).toThrow(TypeError);
    (book.labels as string[]).push('more');
    expect(book.labels).toEqual(['bill', 'praise', 'other']);
    expect(standing()).toEqual([['too much', 'bill']]);
  });

  it('what changed is told once', () => {
    const [first, second] = book.add(['too much', 'twice'], 'bill');
    expect(book.takeChanges()).toEqual({ texts: [first, second], removed: [] });
    book.remove(first!.id);
    book.renameLabel('bill', 'invoice');
    expect(book.takeChanges()).toEqual({ texts: [{ ...second, label: 'invoice' }], removed: [first!.id] });
    expect(book.takeChanges()).toEqual({ texts: [], removed: [] });
  });

  it('those that were kept have their numbers, and new ones go on from there', () => {
    book = new Notebook(['bill'], [{ id: 7, text: 'too much', label: 'bill' }], changed);
    expect(book.takeChanges().texts).toEqual([]);
    expect(book.add(['twice'], 'bill')[0]!.id).toBe(8);
  });
});

describe('a lesson', () => {
  it('is of the labels that have texts, and says what is odd', () => {
    book.add(['a', 'b'], 'bill');
    book.add(['c', 'd', 'a'], 'praise');
    book.add(['e'], undefined);
    const { labels, known, unlabelled, ids, withoutTexts, contradictions } = book.lesson()(readable);
    expect({ labels, withoutTexts }).toEqual({ labels: ['bill', 'praise'], withoutTexts: ['other'] });
    expect(known.map(({ label }) => label)).toEqual([0, 0, 1, 1, 1]);
    expect(known[4]!.id).toBe(known[0]!.id); // read once
    expect(unlabelled).toHaveLength(1);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
    expect(contradictions).toEqual([[1, 5]]);
  });

  it('takes two labels with two texts each, and says what there is', () => {
    const named = (): string => {
      try {
        book.lesson()(readable);
        return 'a lesson';
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
    };
    book.add(['a', 'b', 'c'], 'bill');
    expect(named()).toBe('TeachingError: Learning takes two labels with two texts each, and there are: bill 3, praise 0, other 0.');
    book.add(['d'], 'praise');
    expect(named()).toMatch(/^TeachingError: .*praise 1/);
    book.add(['e'], 'praise');
    expect(named()).toBe('a lesson');
  });

  it('is of what there was when it began', () => {
    book.add(['a', 'b'], 'bill');
    book.add(['c', 'd'], 'praise');
    const lesson = book.lesson();
    book.mergeLabel('praise', 'bill');
    book.add(['e'], 'bill');
    book.remove(1);
    const { labels, ids } = lesson(readable);
    expect({ labels, ids }).toEqual({ labels: ['bill', 'praise'], ids: [1, 2, 3, 4] });
  });

  it('is of what could be read', () => {
    book.add(['a', 'b', 'c'], 'bill');
    book.add(['d', 'e'], 'praise');
    const lost = book.toRead().find(({ text }) => text === 'c')!.id;
    const { known, unread } = book.lesson()((number) => number !== lost);
    expect(known).toHaveLength(4);
    expect(unread).toEqual([3]);
    expect(() => book.lesson()(() => false)).toThrow(/bill 0, praise 0, other 0\. Of 5 texts nothing could be read/);
  });
});
