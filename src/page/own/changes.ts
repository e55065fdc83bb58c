/** All that a visitor does to labels and texts. What takes something away can be undone, and what adds many: a wrong file, say. */

import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { LabelledText, TaughtText, Teacher } from '../../index.js';
import { excerpt } from '../wording.js';
import { pastedTable } from './open-files.js';
import { putBack, type Before } from './put-back.js';
import { saidOf } from './said-of.js';
import { ownWords } from './words.js';

export interface Changes {
  /** Whether the last act can be undone. */
  canUndo: ReadonlySignal<boolean>;
  addLabel(name: string): boolean;
  renameLabel(label: string, name: string): boolean;
  mergeLabel(label: string, into: string): void;
  removeLabel(label: string): void;
  /** A line each, or a table with a header. */
  addLines(lines: string, label: string | undefined): boolean;
  change(id: number, to: { text?: string; label?: string | undefined }): boolean;
  remove(id: number): void;
  undo(): void;
  /** What a text really is: wherever it stands, it is learnt. */
  correct(text: string, label: string): void;
}

/** What is changed, and who is told. */
interface Desk {
  teacher(): Teacher | undefined;
  labels: ReadonlySignal<readonly string[]>;
  texts: ReadonlySignal<readonly TaughtText[]>;
  notice: Signal<string>;
  trouble: Signal<string>;
  /** Shows what there is now. */
  show(): void;
  learnSoon(): void;
}

export interface Changer extends Changes {
  /** Texts out of a file or an example, with labels that there may not be yet. */
  addAll(given: readonly LabelledText[]): void;
  /** What was can be had back no more. */
  forget(): void;
}

export function createChanges({ teacher, labels, texts, notice, trouble, show, learnSoon }: Desk): Changer {
  const before = signal<Before | undefined>();

  /** @param undoable whether it is offered to undo it */
  function act(change: (now: Teacher) => void, said = '', undoable = false): boolean {
    const now = teacher();
    if (!now) return false;
    const was = { labels: [...now.labels], texts: now.texts };
    try {
      change(now);
    } catch (error) {
      trouble.value = saidOf(error);
      return false;
    }
    batch(() => {
      trouble.value = '';
      notice.value = said;
      before.value = undoable ? was : undefined;
      show();
    });
    learnSoon();
    return true;
  }

  function addAll(given: readonly LabelledText[]): void {
    const count = texts.peek().length;
    const add = (now: Teacher): void => {
      for (const label of new Set(given.map((one) => one.label))) if (label !== undefined && !now.labels.includes(label)) now.addLabel(label);
      now.add(given);
    };
    act(add, '', given.length > 1);
    const added = texts.peek().length - count;
    notice.value = ownWords.peek().added(added, given.length - added);
  }

  const isName = (name: string): boolean => {
    const said = ownWords.peek();
    const why = name === '' ? said.blankLabel : labels.peek().includes(name) ? said.doubleLabel(name) : '';
    trouble.value = why;
    return why === '';
  };

  return {
    canUndo: computed(() => before.value !== undefined),
    addLabel: (name) => isName(name.trim()) && act((now) => now.addLabel(name.trim())),
    renameLabel: (label, name) => isName(name.trim()) && act((now) => now.renameLabel(label, name.trim())),
    mergeLabel: (label, into) => void act((now) => now.mergeLabel(label, into), ownWords.peek().merged(label, into), true),
    removeLabel: (label) => void act((now) => now.removeLabel(label), ownWords.peek().takenAway(label), true),
    addLines(lines, label) {
      let given: LabelledText[];
      try {
        given = pastedTable(lines) ?? linesOf(lines);
      } catch (error) {
        trouble.value = saidOf(error);
        return false;
      }
      if (given.length === 0) {
        trouble.value = ownWords.peek().blankText;
        return false;
      }
      addAll(given.map((one) => ({ ...one, label: one.label ?? label })));
      return true;
    },
    change(id, to) {
      if (to.text?.trim() === '') {
        trouble.value = ownWords.peek().blankText;
        return false;
      }
      return act((now) => now.change(id, to));
    },
    remove(id) {
      const gone = texts.peek().find((text) => text.id === id)!;
      act((now) => now.remove(id), ownWords.peek().deletedText(excerpt(gone.text)), true);
    },
    undo() {
      const was = before.peek();
      if (was) act((now) => putBack(now, was), ownWords.peek().undone);
    },
    correct(text, label) {
      const there = texts.peek().filter((one) => one.text === text);
      act(
        (now) => {
          if (there.length === 0) now.add(text, label);
          else now.change(there[0]!.id, { label });
          // It may stand under several labels; now it is one thing.
          for (const { id } of there.slice(1)) now.remove(id);
        },
        ownWords.peek().corrected(label),
        true,
      );
    },
    addAll,
    forget() {
      before.value = undefined;
    },
  };
}

function linesOf(lines: string): LabelledText[] {
  const texts = lines.split(/\r\n|\r|\n/).map((line) => line.trim());
  return texts.filter((text) => text !== '').map((text) => ({ text }));
}
