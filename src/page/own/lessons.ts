/**
 * What a visitor teaches: labels and texts, as signals that views read, and all that can be done to them. Every change
 * is learnt by itself, a moment later; the next cancels that.
 */

import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { KeptTeaching, LabelledText, pipeline, TaughtText, teach, Teacher, TeachEvent, TeachReport, TextDoubt } from '../../index.js';
import type { Taught } from '../state.js';
import { MOST_BYTES } from '../texts/read-texts.js';
import { words } from '../words/index.js';
import type { Example } from './examples.js';
import { isOf } from './is-of.js';
import { leftOut } from './left-out.js';
import type { FoundPackage } from './opened.js';
import { tooLittle, type TooLittle } from './too-little.js';
import { ownWords } from './words.js';
import type { ZipFile } from './zip.js';

/** What it is kept under, and its package's name. */
const NAME = 'my-labels';
/** Milliseconds that a change waits for the next. */
const PAUSE = 250;
/** More are not offered for a label at a time. */
const MOST_DOUBTS = 5;

export type Phase =
  /** Whether something is kept is looked up. */
  | 'looking'
  /** There is nothing yet. */
  | 'beginning'
  | 'opening'
  | 'open';

export interface Surroundings {
  teach: typeof teach;
  pipeline: typeof pipeline;
  keptTeachings(): Promise<KeptTeaching[]>;
  /** URL of the encoder's folder. */
  encoder: string;
  /** Has what was learnt, or opened, be the page's model. */
  take(taught: Taught | undefined): Promise<void>;
  /** Lays a package where the browser keeps such; gives its folder. */
  place(found: FoundPackage): Promise<string>;
  /** Takes it away again. */
  remove(folder: string): Promise<void>;
}

export interface Lessons {
  /** Of its files. */
  readonly name: string;
  phase: ReadonlySignal<Phase>;
  /** Of the encoder's bytes, while it is opened. */
  share: ReadonlySignal<number>;
  labels: ReadonlySignal<readonly string[]>;
  texts: ReadonlySignal<readonly TaughtText[]>;
  isKept: ReadonlySignal<boolean>;
  /** What came of the last fit; it stands until the next is done. */
  report: ReadonlySignal<TeachReport | undefined>;
  /** Unlabelled texts that are worth a label most. */
  doubts: ReadonlySignal<readonly TextDoubt[]>;
  tooLittle: ReadonlySignal<TooLittle | undefined>;
  /** How far a fit is, while one runs or is about to. */
  learning: ReadonlySignal<TeachEvent | undefined>;
  /** What a visitor's last act came to, where that is not seen. */
  notice: ReadonlySignal<string>;
  trouble: ReadonlySignal<string>;
  /** What was deleted last, and can be had back. */
  deleted: ReadonlySignal<TaughtText | undefined>;
  /** Name of a package that was opened, while that is the page's model. */
  opened: ReadonlySignal<string | undefined>;
  /** Opens what is kept; without that, waits for `begin`. */
  look(): Promise<void>;
  begin(example?: Example): Promise<void>;
  addLabel(name: string): boolean;
  renameLabel(label: string, name: string): boolean;
  mergeLabel(label: string, into: string): void;
  removeLabel(label: string): void;
  /** A line each. */
  addLines(lines: string, label: string | undefined): boolean;
  change(id: number, to: { text?: string; label?: string | undefined }): boolean;
  remove(id: number): void;
  undo(): void;
  /** What a text really is: wherever it stands, it is learnt. */
  correct(text: string, label: string): void;
  /** A table or lines of texts, or a package. */
  openFiles(read: () => Promise<readonly ZipFile[]>): Promise<void>;
  /** Back from a package to what is taught. */
  closePackage(): Promise<void>;
  toTsv(): string;
  /** A package with the encoder, as files; undefined where that fails, which is told. */
  package(): Promise<ZipFile[] | undefined>;
  deleteAll(): Promise<void>;
}

export function createLessons({ teach, pipeline, keptTeachings, encoder, take, place, remove }: Surroundings): Lessons {
  const phase = signal<Phase>('looking');
  const share = signal(0);
  const labels = signal<readonly string[]>([]);
  const texts = signal<readonly TaughtText[]>([]);
  const isKept = signal(true);
  const report = signal<TeachReport | undefined>();
  const doubts = signal<readonly TextDoubt[]>([]);
  const learning = signal<TeachEvent | undefined>();
  const notice = signal('');
  const trouble = signal('');
  const deleted = signal<TaughtText | undefined>();
  const opened: Signal<string | undefined> = signal();
  const missing = computed(() => tooLittle(labels.value, texts.value));
  let teacher: Teacher | undefined;
  let folder: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fitting: AbortController | undefined;

  function show(): void {
    if (!teacher) return;
    const now = teacher;
    batch(() => {
      labels.value = [...now.labels];
      texts.value = now.texts;
      isKept.value = now.isKept;
      report.value = missing.peek() ? undefined : now.report;
      doubts.value = missing.peek() ? [] : now.doubts(MOST_DOUBTS);
    });
  }

  /** A change that a visitor makes. */
  function act(change: (now: Teacher) => void, said = ''): boolean {
    if (!teacher) return false;
    const now = teacher;
    try {
      change(now);
    } catch (error) {
      trouble.value = (error as Error).message;
      return false;
    }
    batch(() => {
      trouble.value = '';
      notice.value = said;
      deleted.value = undefined;
      show();
    });
    learnSoon();
    return true;
  }

  function learnSoon(): void {
    clearTimeout(timer);
    fitting?.abort();
    if (missing.peek()) {
      learning.value = undefined;
      if (!opened.peek()) void take(undefined);
      return;
    }
    learning.value = { status: 'read', done: 0, of: texts.peek().length };
    timer = setTimeout(() => void learn(), PAUSE);
  }

  async function learn(): Promise<void> {
    const now = teacher;
    if (!now) return;
    const mine = (fitting = new AbortController());
    try {
      await now.fit({ signal: mine.signal, onProgress: (event) => fitting === mine && (learning.value = event) });
      if (fitting !== mine) return;
      batch(() => {
        learning.value = undefined;
        trouble.value = '';
        show();
      });
      if (!opened.peek()) await hand(now);
    } catch (error) {
      if (fitting !== mine) return;
      const { name, message } = error as Error;
      if (name === 'AbortError' || name === 'DisposedError') return;
      batch(() => {
        learning.value = undefined;
        trouble.value = name === 'TeachingError' ? ownWords.peek().unreadable : message;
      });
    }
  }

  /** Hands what was learnt to the page. */
  function hand(now: Teacher): Promise<void> {
    return take(now.report && !missing.peek() ? { open: async (speed) => now.pipeline({ speed }), said: leftOut } : undefined);
  }

  async function open(): Promise<boolean> {
    if (teacher) return true;
    batch(() => {
      phase.value = 'opening';
      share.value = 0;
      trouble.value = '';
    });
    try {
      teacher = await teach(encoder, {
        name: NAME,
        progress_callback: (event) => {
          if (event.status === 'progress_total') share.value = event.loaded / event.total;
        },
      });
    } catch (error) {
      batch(() => {
        phase.value = 'beginning';
        const { name, message } = error as Error;
        // The only one that the page itself cannot be the cause of.
        trouble.value = name === 'InputError' ? ownWords.peek().elsewhere : message;
      });
      return false;
    }
    batch(() => {
      phase.value = 'open';
      show();
    });
    return true;
  }

  async function look(): Promise<void> {
    if (phase.peek() !== 'looking') return;
    const kept = await keptTeachings().catch(() => []);
    if (!kept.some(({ name }) => name === NAME)) {
      if (phase.peek() === 'looking') phase.value = 'beginning';
      return;
    }
    if (!(await open())) return;
    if (teacher!.report) await hand(teacher!);
    // Another version of the encoder learns anew; what was changed just before the page was left is learnt now.
    if (!teacher!.report || !isOf(teacher!.report, texts.peek())) learnSoon();
  }

  function addAll(given: readonly LabelledText[]): void {
    const before = texts.peek().length;
    act((now) => {
      for (const { label } of given) if (label !== undefined && !now.labels.includes(label)) now.addLabel(label);
      now.add(given);
    });
    const added = texts.peek().length - before;
    notice.value = ownWords.peek().added(added, given.length - added);
  }

  async function openTable({ path, data }: ZipFile): Promise<void> {
    const { readFile } = await import('../texts/many.js');
    if (data.byteLength > MOST_BYTES) throw new Error(words.peek().unreadable.tooLarge(path, MOST_BYTES / 1e6));
    const read = readFile(path, data);
    const given = read.map(({ text, label }) => ({ text: typeof text === 'string' ? text : `${text.text} ${text.text_pair}`, label }));
    if (await open()) addAll(given);
  }

  async function openPackage(files: readonly ZipFile[]): Promise<void> {
    const { packageIn } = await import('./opened.js');
    const found = await packageIn(files);
    await closePackage();
    folder = await place(found);
    const model = folder;
    opened.value = found.manifest.name;
    await take({ open: (speed) => pipeline('text-classification', model, { device: 'wasm', speed }), said: undefined });
  }

  async function closePackage(): Promise<void> {
    if (folder === undefined) return;
    const old = folder;
    folder = undefined;
    opened.value = undefined;
    if (teacher) await hand(teacher);
    else await take(undefined);
    await remove(old).catch(() => {});
  }

  const isName = (name: string): boolean => {
    const said = ownWords.peek();
    const why = name === '' ? said.blankLabel : labels.peek().includes(name) ? said.doubleLabel(name) : '';
    trouble.value = why;
    return why === '';
  };

  return {
    name: NAME,
    phase,
    share,
    labels,
    texts,
    isKept,
    report,
    doubts,
    tooLittle: missing,
    learning,
    notice,
    trouble,
    deleted,
    opened,
    look,
    async begin(example) {
      if (!(await open()) || !example) return;
      addAll([...example.texts.map(([label, text]) => ({ label, text })), ...example.unlabelled.map((text) => ({ text }))]);
    },
    addLabel: (name) => isName(name.trim()) && act((now) => now.addLabel(name.trim())),
    renameLabel: (label, name) => isName(name.trim()) && act((now) => now.renameLabel(label, name.trim())),
    mergeLabel: (label, into) => void act((now) => now.mergeLabel(label, into), ownWords.peek().merged(label, into)),
    removeLabel: (label) => void act((now) => now.removeLabel(label), ownWords.peek().takenAway(label)),
    addLines(lines, label) {
      const given = lines.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
      if (given.length === 0) {
        trouble.value = ownWords.peek().blankText;
        return false;
      }
      addAll(given.map((text) => ({ text: text.trim(), label })));
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
      const gone = texts.peek().find((text) => text.id === id);
      if (act((now) => now.remove(id))) deleted.value = gone;
    },
    undo() {
      const back = deleted.peek();
      if (back) act((now) => now.add(back.text, back.label));
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
      );
    },
    async openFiles(read) {
      trouble.value = '';
      try {
        const files = await read();
        const [first] = files;
        if (!first) return;
        if (/\.zip$/i.test(first.path)) await openPackage(await (await import('./zip.js')).unzip(first.data));
        else if (files.some(({ path }) => /(^|\/)manifest\.json$/.test(path))) await openPackage(files);
        else for (const file of files) await openTable(file);
      } catch (error) {
        const said = ownWords.peek();
        const { name, message } = error as Error;
        trouble.value = name === 'ZipError' ? said.noZip(message) : name === 'NoPackage' ? said.noPackage(message) : message;
      }
    },
    closePackage,
    toTsv: () => teacher?.toTsv() ?? '',
    async package() {
      try {
        return await teacher?.export({ whole: true });
      } catch (error) {
        trouble.value = (error as Error).message;
        return undefined;
      }
    },
    async deleteAll() {
      const gone = teacher;
      clearTimeout(timer);
      fitting?.abort();
      teacher = undefined;
      batch(() => {
        phase.value = 'looking';
        labels.value = [];
        texts.value = [];
        report.value = undefined;
        doubts.value = [];
        learning.value = undefined;
        deleted.value = undefined;
        notice.value = '';
        trouble.value = '';
      });
      if (!opened.peek()) await take(undefined);
      await gone?.delete();
      phase.value = 'beginning';
    },
  };
}
