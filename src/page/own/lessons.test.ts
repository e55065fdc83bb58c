/** What a visitor teaches, without a worker: real lessons on a real notebook, of which fits are scripted. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FitOptions, TaughtText, Teacher, TeachReport } from '../../index.js';
import { Notebook } from '../../notebook.js';
import type { Taught } from '../state.js';
import { examples } from './examples.js';
import { createLessons } from './lessons.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

interface Fit {
  options: FitOptions;
  succeed(): Promise<void>;
  fail(name: string): Promise<void>;
}

const settled = async (): Promise<void> => {
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(0);
};
const paused = (): Promise<unknown> => vi.advanceTimersByTimeAsync(300);
const error = (name: string): Error => Object.assign(new Error(`${name} happened`), { name });

function school({ kept = undefined as readonly TaughtText[] | undefined, before = undefined as TeachReport | undefined, opens = true } = {}) {
  const fits: Fit[] = [];
  const taken: (Taught | undefined)[] = [];
  const deleted: string[] = [];
  const notebook = new Notebook(kept ? ['a', 'b'] : [], kept ?? [], () => {});
  let report = before;
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
    isKept: true,
    add: (texts: string | string[], label?: string) => notebook.add(typeof texts === 'string' ? [texts] : texts, label),
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
    delete: async () => void deleted.push('all'),
  } as unknown as Teacher;
  const lessons = createLessons({
    teach: async () => {
      if (!opens) throw error('InputError');
      return teacher;
    },
    pipeline: async () => ({}) as never,
    keptTeachings: async () => (kept ? [{ name: 'my-labels', labels: ['a', 'b'], texts: kept.length }] : []),
    encoder: '/models/general',
    take: async (taught) => void taken.push(taught),
    place: async () => '/models/opened/',
    remove: async (folder) => void deleted.push(folder),
  });
  return { lessons, fits, taken, deleted };
}

/** Two labels with two texts each, learnt. */
async function withTwo() {
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

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('with nothing kept nothing is fetched until one begins; an example is learnt by itself', async () => {
  const { lessons, fits, taken } = school();
  await lessons.look();
  expect(lessons.phase.value).toBe('beginning');
  await lessons.begin(examples[0]);
  expect([lessons.phase.value, lessons.labels.value]).toEqual(['open', ['order', 'complaint', 'question']]);
  expect(lessons.notice.value).toBe('30 texts added.');
  expect(fits).toHaveLength(0);
  await paused();
  expect(fits).toHaveLength(1);
  expect(lessons.learning.value).toMatchObject({ status: 'read' });
  await fits[0]!.succeed();
  expect(lessons.learning.value).toBeUndefined();
  expect(lessons.report.value?.perLabel).toEqual([8, 8, 8]);
  expect(lessons.doubts.value).toHaveLength(5);
  expect(await taken.at(-1)!.open(0.3)).toEqual({ speed: 0.3 });
});

test('changes that come together are learnt together, and the next cancels what is under way', async () => {
  const { lessons, fits } = await withTwo();
  lessons.addLines('third a', 'a');
  lessons.addLines('third b', 'b');
  await paused();
  expect(fits).toHaveLength(2);
  lessons.addLines('fourth b', 'b');
  expect(fits[1]!.options.signal!.aborted).toBe(true);
  await paused();
  expect(fits).toHaveLength(3);
  await fits[2]!.succeed();
  expect(lessons.report.value?.perLabel).toEqual([3, 4]);
  expect(lessons.trouble.value).toBe('');
});

test('what is too little to learn from is no model, and what is there stays', async () => {
  const { lessons, taken, fits } = await withTwo();
  expect(taken.at(-1)).toBeDefined();
  lessons.removeLabel('b');
  expect(lessons.tooLittle.value).toEqual({ why: 'one label' });
  expect([taken.at(-1), lessons.report.value]).toEqual([undefined, undefined]);
  expect(lessons.texts.value.map(({ label }) => label)).toEqual(['a', 'a', undefined, undefined]);
  await paused();
  expect(fits).toHaveLength(1);
});

test('a wrong answer is put right wherever its text stands, once', async () => {
  const { lessons } = await withTwo();
  lessons.correct('new', 'b');
  lessons.correct('first a', 'b');
  lessons.addLines('second a', 'b'); // now under both
  lessons.correct('second a', 'a');
  const labelled = Object.fromEntries(lessons.texts.value.map(({ text, label }) => [text, label]));
  expect(labelled).toEqual({ new: 'b', 'first a': 'b', 'second a': 'a', 'first b': 'b', 'second b': 'b' });
  expect(lessons.texts.value).toHaveLength(5);
});

test('names and texts that are none are told, and nothing is lost', async () => {
  const { lessons } = await withTwo();
  expect([lessons.addLabel('  '), lessons.trouble.value]).toEqual([false, 'A label needs a name.']);
  expect([lessons.addLabel('a'), lessons.trouble.value]).toEqual([false, 'There is a label “a” already. To make one of two, merge them.']);
  expect(lessons.renameLabel('b', 'a')).toBe(false);
  expect([lessons.addLines(' \n ', 'a'), lessons.trouble.value]).toEqual([false, 'There is no text in it.']);
  expect(lessons.change(1, { text: ' ' })).toBe(false);
  expect([lessons.renameLabel('b', ' c '), lessons.trouble.value]).toEqual([true, '']);
  expect(lessons.labels.value).toEqual(['a', 'c']);
  lessons.mergeLabel('c', 'a');
  expect(lessons.texts.value.map(({ label }) => label)).toEqual(['a', 'a', 'a', 'a']);
});

test('the same text twice is one, and that is told; what is deleted can be had back', async () => {
  const { lessons } = await withTwo();
  lessons.addLines('first a\nthird a', 'a');
  expect(lessons.notice.value).toBe('1 text added; 1 was there already.');
  const [first] = lessons.texts.value;
  lessons.remove(first!.id);
  expect(lessons.deleted.value).toEqual(first);
  lessons.undo();
  expect(lessons.deleted.value).toBeUndefined();
  expect(lessons.texts.value.map(({ text }) => text)).toContain('first a');
});

test('a script that cannot be read is told; what was learnt before stands', async () => {
  const { lessons, fits } = await withTwo();
  lessons.addLines('ሰላም', 'a');
  await paused();
  await fits[1]!.fail('TeachingError');
  expect(lessons.trouble.value).toContain('does not know the script');
  expect(lessons.report.value?.perLabel).toEqual([2, 2]);
});

test('what is kept is there at once; it is learnt anew only where it has changed since', async () => {
  const kept = ['a', 'a', 'b', 'b'].map((label, i) => ({ id: i + 1, text: `text ${i}`, label }));
  const before = { labels: ['a', 'b'], perLabel: [2, 2], opinions: kept.map(({ id }) => ({ id })), unread: [] } as unknown as TeachReport;
  const { lessons, taken, fits } = school({ kept, before });
  await lessons.look();
  expect([lessons.phase.value, lessons.labels.value, lessons.texts.value]).toEqual(['open', ['a', 'b'], kept]);
  expect([lessons.report.value, await taken.at(-1)!.open(0.2)]).toEqual([before, { speed: 0.2 }]);
  await paused();
  expect(fits).toHaveLength(0);

  const changed = school({ kept: [...kept, { id: 5, text: 'later', label: 'a' }], before });
  await changed.lessons.look();
  await paused();
  expect(changed.fits).toHaveLength(1);
});

test('a table brings its labels along; what cannot be read is told', async () => {
  const { lessons } = await withTwo();
  const data = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
  await lessons.openFiles(async () => [{ path: 'more.csv', data: data('label,text\nc,"Yes, please"\n,no label\na,first a\n') }]);
  expect(lessons.labels.value).toEqual(['a', 'b', 'c']);
  expect(lessons.notice.value).toBe('2 texts added; 1 was there already.');
  await lessons.openFiles(async () => [{ path: 'bad.csv', data: data('label,words\nc,x\n') }]);
  expect(lessons.trouble.value).toContain('names no column “text”');
  await lessons.openFiles(async () => [{ path: 'bad.zip', data: data('no zip') }]);
  expect(lessons.trouble.value).toContain('.zip cannot be read');
  expect(lessons.texts.value).toHaveLength(6);
});

test('another tab that has it open is told of', async () => {
  const { lessons } = school({ opens: false });
  await lessons.look();
  await lessons.begin();
  expect([lessons.phase.value, lessons.trouble.value]).toEqual(['beginning', 'Your labels are open in another tab. Close it there, then try again.']);
});

test('deleting all begins anew', async () => {
  const { lessons, taken, deleted } = await withTwo();
  await lessons.deleteAll();
  expect([lessons.phase.value, lessons.labels.value, lessons.texts.value, taken.at(-1), deleted]).toEqual(['beginning', [], [], undefined, ['all']]);
});
