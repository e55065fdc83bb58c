/** Many texts: from the box, a file, or our own sentences. */

import { batch } from '@preact/signals';
import type { ModelInfo } from '../../index.js';
import type { Batch, State } from '../state.js';
import { EVERYTHING } from '../stream-view.js';
import type { Kind } from '../tasks/index.js';
import type { LabelledText } from '../texts/labels.js';
import { TextsError } from '../texts/texts-error.js';
import { troubleOf } from '../troubles.js';
import { words } from '../words/index.js';

export interface Batches {
  /** For a model. @throws TextsError for lines that cannot be read, or are not what it reads */
  texts(model: ModelInfo): Promise<LabelledText[]>;
  openFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<void>;
  trySentences(kind?: Kind): Promise<void>;
  /** The same without running them, which loading does at its end. */
  setSentences(kind?: Kind): Promise<boolean>;
  drop(): void;
}

interface Running {
  cancel(): void;
  refresh(): Promise<void>;
}

export function createBatches(state: State, { cancel, refresh }: Running): Batches {
  function set(next: Batch): void {
    batch(() => {
      state.input.value = 'many';
      state.batch.value = next;
      state.runs.many.value = undefined;
      state.focus.value = {};
      state.trouble.value = undefined;
    });
  }

  /** @returns whether the task is still the same */
  async function setSentences(kind?: Kind): Promise<boolean> {
    const task = state.task.peek();
    const { input, kinds } = words.peek();
    const all = (await task.sentences()).map((one, i) => ({ ...one, line: i + 1 }));
    if (task !== state.task.peek()) return false;
    const texts = kind === undefined ? all : all.filter((one) => one.kind === kind);
    set({ title: kind === undefined ? input.ours : input.oursOfKind(kinds[kind]), texts, ours: kind ?? 'all' });
    return true;
  }

  return {
    async texts(model) {
      const { readLines, resolveLabels } = await import('../texts/many.js');
      return resolveLabels(state.batch.peek()?.texts ?? readLines(state.lines.peek()), model);
    },
    async openFile(file) {
      try {
        const { MOST_BYTES, readFile } = await import('../texts/many.js');
        if (file.size > MOST_BYTES) throw new TextsError(words.peek().unreadable.tooLarge(file.name, MOST_BYTES / 1e6));
        const texts = readFile(file.name, await file.arrayBuffer());
        state.view.value = EVERYTHING;
        set({ title: file.name, texts });
        await refresh();
      } catch (error) {
        state.trouble.value = troubleOf(error);
      }
    },
    async trySentences(kind) {
      state.view.value = EVERYTHING;
      if (await setSentences(kind)) await refresh();
    },
    setSentences,
    drop() {
      cancel();
      batch(() => {
        state.batch.value = undefined;
        state.runs.many.value = undefined;
        state.focus.value = {};
        state.view.value = EVERYTHING;
      });
    },
  };
}
