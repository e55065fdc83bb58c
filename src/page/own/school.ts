/** What a visitor teaches, without a worker, for unit tests: real lessons on a real notebook, of which fits are scripted. */

import { vi } from 'vitest';
import type { FitOptions, TaughtText, Teacher, TeachReport } from '../../index.js';
import { Notebook } from '../../notebook.js';
import type { Taught } from '../state.js';
import { createLessons } from './lessons.js';
import type { Placed } from './opened.js';

interface Fit {
  options: FitOptions;
  succeed(): Promise<void>;
  fail(name: string): Promise<void>;
}

export const settled = async (): Promise<void> => {
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(0);
};
export const paused = (): Promise<unknown> => vi.advanceTimersByTimeAsync(300);
const error = (name: string): Error => Object.assign(new Error(`${name} happened`), { name });

export function school({ kept = undefined as readonly TaughtText[] | undefined, before = undefined as TeachReport | undefined, isCurrent = true, opens = true, placed = undefined as Placed | undefined } = {}) {
  const fits: Fit[] = [];
  const taken: (Taught | undefined)[] = [];
  const deleted: string[] = [];
  const notebook = new Notebook(kept ? ['a', 'b'] : [], kept ?? [], () => {});
  let report = before;
  let isOpen = false;
  const reportNow = (): TeachReport => {
    const { labels, texts } = notebook;
    return {
      labels: [...labels],
      perLabel: labels.map((label) => texts.filter((text) => text.label === label).length),
      unread: [],
      opinions: texts.map(({ id }) => ({ id, label: labels[0], score: 0.5, uncertainty: 1 - id / 100 })),
    } as unknown as TeachReport;
  };
  const teacher = {
    get labels() {
      return notebook.labels;
    },
    get texts() {
      return notebook.texts;
    },
    get report() {
      return report;
    },
    get isLearnt() {
      return report !== undefined && isCurrent;
    },
    isKept: true,
    add: (texts: string | string[], label?: string) => (typeof texts === 'string' ? notebook.add([texts], label)[0] : notebook.add(texts, label)),
    change: notebook.change.bind(notebook),
    remove: notebook.remove.bind(notebook),
    addLabel: notebook.addLabel.bind(notebook),
    renameLabel: notebook.renameLabel.bind(notebook),
    mergeLabel: notebook.mergeLabel.bind(notebook),
    removeLabel: notebook.removeLabel.bind(notebook),
    fit: (options: FitOptions) =>
      new Promise<TeachReport>((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(error('AbortError')));
        fits.push({
          options,
          succeed: () => ((report = reportNow()), resolve(report), settled()),
          fail: (name) => (reject(error(name)), settled()),
        });
      }),
    doubts: (count: number) => (report?.opinions ?? []).filter(({ id }) => notebook.texts.some((one) => one.id === id && one.label === undefined)).slice(0, count),
    pipeline: ({ speed }: { speed: number }) => ({ speed }),
    toTsv: () => 'label\ttext\n',
    export: async () => [],
    async delete() {
      isOpen = false;
      deleted.push('all');
    },
  } as unknown as Teacher;
  const lessons = createLessons({
    teach: async () => {
      if (!opens || isOpen) throw error('InputError');
      isOpen = true;
      return teacher;
    },
    pipeline: async (_, model, options) => ({ model, speed: options?.speed }) as never,
    keptTeachings: async () => (kept ? [{ name: 'my-labels', labels: ['a', 'b'], texts: kept.length }] : []),
    encoder: '/models/general',
    take: async (taught) => void taken.push(taught),
    place: async () => ({ folder: '/models/opened/', name: 'a package' }),
    placed: async () => placed,
    remove: async (folder) => void deleted.push(folder),
  });
  return { lessons, fits, taken, deleted };
}

/** Two labels with two texts each, learnt. */
export async function withTwo() {
  const it = school();
  const { lessons, fits } = it;
  await lessons.look();
  await lessons.begin();
  for (const label of ['a', 'b']) {
    lessons.addLabel(label);
    lessons.addLines(`first ${label}\nsecond ${label}`, label);
  }
  await paused();
  await fits[0]!.succeed();
  return it;
}
