/** What a visitor teaches: labels and texts, and what is learnt of them, as signals that views read. */

import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { KeptTeaching, TaughtText, teach, Teacher, TeachEvent, TeachReport, TextDoubt } from '../../index.js';
import { createChanges, type Changes } from './changes.js';
import type { Example } from './examples.js';
import type { GivenFile } from './given-files.js';
import { createLearning } from './learning.js';
import { leftOut } from './left-out.js';
import { openFiles } from './open-files.js';
import { createPackages, type Shelf } from './packages.js';
import { saidOf } from './said-of.js';
import { tooLittle, type TooLittle } from './too-little.js';
import { ownWords } from './words.js';

/** What it is kept under, and its package's name. */
const NAME = 'my-labels';
/** More are not offered for a label at a time. */
const MOST_DOUBTS = 5;

export type Phase =
  /** Whether something is kept is looked up. */
  | 'looking'
  /** There is nothing yet. */
  | 'beginning'
  | 'opening'
  | 'open';

export interface Surroundings extends Shelf {
  teach: typeof teach;
  keptTeachings(): Promise<KeptTeaching[]>;
  /** URL of the encoder's folder. */
  encoder: string;
}

export interface Lessons extends Changes {
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
  /** Name of a package that was opened, while that is the page's model. */
  opened: ReadonlySignal<string | undefined>;
  /** Opens what is kept; without that, waits for `begin`. */
  look(): Promise<void>;
  begin(example?: Example): Promise<void>;
  /** A table or lines of texts, or a package. */
  openFiles(read: () => Promise<readonly GivenFile[]>): Promise<void>;
  /** Back from a package to what is taught. */
  closePackage(): Promise<void>;
  toTsv(): string;
  /** A package with the encoder, as files; undefined where that fails, which is told. */
  package(): Promise<GivenFile[] | undefined>;
  deleteAll(): Promise<void>;
}

export function createLessons({ teach, keptTeachings, encoder, ...shelf }: Surroundings): Lessons {
  const phase = signal<Phase>('looking');
  const share = signal(0);
  const labels = signal<readonly string[]>([]);
  const texts = signal<readonly TaughtText[]>([]);
  const isKept = signal(true);
  const report = signal<TeachReport | undefined>();
  const doubts = signal<readonly TextDoubt[]>([]);
  const notice = signal('');
  const trouble = signal('');
  const missing = computed(() => tooLittle(labels.value, texts.value));
  let teacher: Teacher | undefined;
  let opening: Promise<boolean> | undefined;

  const packages = createPackages(shelf, hand);
  const learning = createLearning(trouble, () => {
    show();
    if (!packages.opened.peek()) void hand();
  });
  const changes = createChanges({ teacher: () => teacher, labels, texts, notice, trouble, show, learnSoon });
  const { addAll, forget, ...acts } = changes;

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

  function learnSoon(): void {
    if (!missing.peek()) return learning.soon(teacher!);
    learning.stop();
    if (!packages.opened.peek()) void hand();
  }

  /** Hands what was learnt to the page. */
  function hand(): Promise<void> {
    const now = teacher;
    return shelf.take(now?.report && !missing.peek() ? { open: async (speed) => now.pipeline({ speed }), said: leftOut } : undefined);
  }

  /** One at a time: what is dropped while it is opened waits for it. */
  function open(): Promise<boolean> {
    if (teacher) return Promise.resolve(true);
    return (opening ??= openNow().finally(() => (opening = undefined)));
  }

  async function openNow(): Promise<boolean> {
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
        // The only one that the page itself cannot be the cause of.
        trouble.value = (error as Error).name === 'InputError' ? ownWords.peek().elsewhere : saidOf(error);
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
    const [kept] = await Promise.all([keptTeachings().catch(() => []), packages.reopen()]);
    if (!kept.some(({ name }) => name === NAME)) {
      if (phase.peek() === 'looking') phase.value = 'beginning';
      return;
    }
    if (!(await open())) return;
    if (teacher!.report && !packages.opened.peek()) await hand();
    // Another version of the encoder learns anew; what was changed just before the page was left is learnt now.
    if (!teacher!.isLearnt) learnSoon();
  }

  return {
    ...acts,
    name: NAME,
    phase,
    share,
    labels,
    texts,
    isKept,
    report,
    doubts,
    tooLittle: missing,
    learning: learning.step,
    notice,
    trouble,
    opened: packages.opened,
    look,
    async begin(example) {
      if (!(await open()) || !example) return;
      addAll([...example.texts.map(([label, text]) => ({ label, text })), ...example.unlabelled.map((text) => ({ text }))]);
    },
    async openFiles(read) {
      trouble.value = '';
      try {
        const addTexts = async (given: Parameters<typeof addAll>[0]): Promise<void> => {
          if (await open()) addAll(given);
        };
        await openFiles(await read(), { texts: addTexts, package: packages.open });
      } catch (error) {
        trouble.value = saidOf(error);
      }
    },
    closePackage: packages.close,
    toTsv: () => teacher?.toTsv() ?? '',
    async package() {
      try {
        return await teacher?.export({ whole: true });
      } catch (error) {
        trouble.value = saidOf(error);
        return undefined;
      }
    },
    async deleteAll() {
      const gone = teacher;
      learning.stop();
      forget();
      teacher = undefined;
      batch(() => {
        phase.value = 'looking';
        labels.value = [];
        texts.value = [];
        report.value = undefined;
        doubts.value = [];
        notice.value = '';
        trouble.value = '';
      });
      if (!packages.opened.peek()) await hand();
      await gone?.delete();
      phase.value = 'beginning';
    },
  };
}
