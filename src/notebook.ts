/** Labels and texts that are taught, and what is done to them. Knows no worker and no disk. */

import type { FitRequest, TextToRead } from './contract.js';
import { inputError } from './input.js';
import type { LabelledText, TaughtText } from './teacher.js';

/** What a fit can be of. Texts in it go by the numbers that `toRead` gives. */
export interface Lesson extends Pick<FitRequest, 'labels' | 'known' | 'unlabelled'> {
  /** Whose: of the known ones, then of those without a label. */
  ids: number[];
  withoutTexts: string[];
  unread: number[];
  contradictions: number[][];
}

/** A text as it is read: once, whatever the labels that it stands under. */
interface Reading {
  number: number;
  texts: TaughtText[];
}

/** By the number that `toRead` gives. */
type IsReadable = (number: number) => boolean;

export class Notebook {
  private readonly entries = new Map<number, TaughtText>();
  /** By the text. */
  private readonly readings = new Map<string, Reading>();
  private readonly names: string[];
  private last = 0;
  private lastReading = 0;
  /** Texts that changed, and ids of those that went, since they were last taken. */
  private changed = new Set<number>();

  /** @param onChange told of every change */
  constructor(
    labels: readonly string[],
    texts: readonly TaughtText[],
    private readonly onChange: () => void,
  ) {
    this.names = [...labels];
    for (const text of texts) this.put(text);
    this.changed.clear();
  }

  get labels(): readonly string[] {
    return [...this.names];
  }

  get texts(): readonly TaughtText[] {
    return [...this.entries.values()];
  }

  /** @param label of those that name none */
  add(texts: readonly (string | LabelledText)[], label: string | undefined): TaughtText[] {
    if (!Array.isArray(texts)) throw inputError('add() takes a text, or a list of texts or of { text, label }');
    const checked = texts.map((one: unknown, i) => this.checked(one, label, i));
    const added = checked.map((one) => this.addOne(one));
    this.onChange();
    return added;
  }

  change(id: number, to: { text?: string; label?: string | undefined }): TaughtText {
    const old = this.entry(id);
    const text = to.text === undefined ? old.text : checkText(to.text, 'the text');
    const label = 'label' in to ? this.checkLabel(to.label) : old.label;
    const next = this.become({ id, text, label }, old);
    this.onChange();
    return next;
  }

  remove(id: number): void {
    this.drop(this.entry(id));
    this.onChange();
  }

  addLabel(label: string): void {
    this.names.push(this.checkNew(label));
    this.onChange();
  }

  renameLabel(label: string, name: string): void {
    const at = this.place(label);
    this.names[at] = this.checkNew(name);
    this.relabel(label, name);
  }

  mergeLabel(label: string, into: string): void {
    if (label === into) throw inputError(`${JSON.stringify(label)} cannot be merged into itself`);
    this.place(into);
    this.names.splice(this.place(label), 1);
    this.relabel(label, into);
  }

  removeLabel(label: string): void {
    this.names.splice(this.place(label), 1);
    this.relabel(label, undefined);
  }

  /** What changed since this was last asked. */
  takeChanges(): { texts: TaughtText[]; removed: number[] } {
    const changed = [...this.changed];
    this.changed = new Set();
    const texts = changed.flatMap((id) => this.entries.get(id) ?? []);
    return { texts, removed: changed.filter((id) => !this.entries.has(id)) };
  }

  /** Each text once. Its number is another's once the text is another. */
  toRead(): TextToRead[] {
    return Array.from(this.readings, ([text, { number }]) => ({ id: number, text }));
  }

  /** What can be learnt of what there is now: what is changed while that is read is for the next fit. */
  lesson(): (isReadable: IsReadable) => Lesson {
    const labels = this.labels;
    const texts = this.texts.map((text) => ({ ...text, number: this.readings.get(text.text)!.number }));
    return (isReadable) => lessonOf(labels, texts, isReadable);
  }

  private checked(one: unknown, label: string | undefined, i: number): LabelledText {
    const { text, label: own = label } = (typeof one === 'object' && one !== null ? one : { text: one }) as LabelledText;
    return { text: checkText(text, `text ${i}`), label: this.checkLabel(own) };
  }

  /** A text that is there with the label, or without any, stays one. */
  private addOne({ text, label }: LabelledText): TaughtText {
    const alike = this.readings.get(text)?.texts ?? [];
    const found = alike.find((other) => other.label === label) ?? (label === undefined ? alike[0] : alike.find((other) => other.label === undefined));
    if (found && (label === undefined || found.label === label)) return found;
    const next = { id: found?.id ?? this.last + 1, text, label };
    this.put(next, found);
    return next;
  }

  private relabel(from: string, to: string | undefined): void {
    for (const text of this.texts) {
      if (text.label === from) this.become({ ...text, label: to }, text);
    }
    this.onChange();
  }

  /** Takes the place of an old one. Where the text stands under that label already, the two are one: twice it would count twice. */
  private become(text: TaughtText, old: TaughtText): TaughtText {
    const alike = this.readings.get(text.text)?.texts ?? [];
    const twin = alike.find(({ id, label }) => id !== text.id && label !== undefined && label === text.label);
    if (twin) this.drop(old);
    else this.put(text, old);
    return twin ?? text;
  }

  /** @param old in whose place */
  private put(text: TaughtText, old?: TaughtText): void {
    const reading = this.readings.get(text.text) ?? { number: ++this.lastReading, texts: [] };
    this.readings.set(text.text, reading);
    reading.texts.push(text);
    if (old) this.leave(old);
    this.entries.set(text.id, Object.freeze(text));
    this.changed.add(text.id);
    this.last = Math.max(this.last, text.id);
  }

  private drop(text: TaughtText): void {
    this.leave(text);
    this.entries.delete(text.id);
    this.changed.add(text.id);
  }

  private leave(text: TaughtText): void {
    const reading = this.readings.get(text.text)!;
    reading.texts = reading.texts.filter((other) => other !== text);
    if (reading.texts.length === 0) this.readings.delete(text.text);
  }

  private entry(id: number): TaughtText {
    const found = this.entries.get(id);
    if (!found) throw inputError(`there is no text ${id}`);
    return found;
  }

  private place(label: string): number {
    const at = this.names.indexOf(label);
    if (at < 0) throw inputError(`there is no label ${JSON.stringify(label)}; there are ${this.names.map((name) => JSON.stringify(name)).join(', ') || 'none'}. addLabel() makes one`);
    return at;
  }

  private checkLabel(label: string | undefined): string | undefined {
    if (label !== undefined) this.place(label);
    return label;
  }

  private checkNew(label: string): string {
    if (typeof label !== 'string' || label.trim() === '') throw inputError('a label is a name, and not blank');
    if (this.names.includes(label)) throw inputError(`there is a label ${JSON.stringify(label)} already; mergeLabel() makes one of two`);
    return label;
  }
}

/** @throws TeachingError where there is too little */
function lessonOf(names: readonly string[], all: readonly (TaughtText & { number: number })[], isReadable: IsReadable): Lesson {
  const read = all.filter(({ number }) => isReadable(number));
  const unread = all.filter(({ number }) => !isReadable(number));
  const count = (label: string): number => read.filter((text) => text.label === label).length;
  const counts = new Map(names.map((label) => [label, count(label)]));
  const labels = names.filter((label) => counts.get(label)! > 0);
  if (labels.filter((label) => counts.get(label)! > 1).length < 2) throw tooLittle(counts, unread.length);
  const known = read.filter(({ label }) => label !== undefined);
  const unlabelled = read.filter(({ label }) => label === undefined);
  const alike = new Map<number, number[]>();
  for (const { number, id, label } of all) if (label !== undefined) alike.set(number, [...(alike.get(number) ?? []), id]);
  return {
    labels,
    known: known.map(({ number, label }) => ({ id: number, label: labels.indexOf(label!) })),
    unlabelled: unlabelled.map(({ number }) => number),
    ids: [...known, ...unlabelled].map(({ id }) => id),
    withoutTexts: names.filter((label) => counts.get(label) === 0),
    unread: unread.map(({ id }) => id),
    contradictions: [...alike.values()].filter((ids) => ids.length > 1),
  };
}

function checkText(text: unknown, which: string): string {
  if (typeof text !== 'string') throw inputError(`${which} is ${text === null ? 'null' : typeof text}, not a string`);
  if (text.trim() === '') throw inputError(`${which} is blank: there is nothing to learn from it`);
  return text.toWellFormed();
}

function tooLittle(counts: Map<string, number>, unread: number): Error {
  const has = [...counts].map(([label, count]) => `${label} ${count}`).join(', ') || 'no labels';
  const lost = unread > 0 ? ` Of ${unread} texts nothing could be read: they are in a script that the encoder does not know.` : '';
  const what = `Learning takes two labels with two texts each, and there are: ${has}.${lost}`;
  return Object.assign(new Error(what), { name: 'TeachingError' });
}
