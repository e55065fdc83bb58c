/** What was taught, in the browser's IndexedDB: a record a teaching, and one a text, so that a change writes what changed. */

import type { Fitted } from './contract.js';
import type { KeptTeaching, TaughtText, TeachReport } from './teacher.js';

const NAME = 'fastbert-web-taught';
/** Goes up when its content means something else. */
const VERSION = 1;

/** What a fit gave. */
export interface Learnt extends Pick<Fitted, 'taught' | 'info'> {
  report: TeachReport;
}

/** A teaching without its texts. */
export interface TeachingRecord {
  name: string;
  labels: string[];
  learnt?: Learnt | undefined;
}

interface TextRecord extends TaughtText {
  teaching: string;
}

export interface Changes {
  texts: readonly TaughtText[];
  /** Ids of texts that are gone. */
  removed: readonly number[];
}

export class TeachingStore {
  private constructor(private readonly database: IDBDatabase) {}

  /** Undefined where nothing may be kept. */
  static async open(): Promise<TeachingStore | undefined> {
    try {
      const opening = indexedDB.open(NAME, VERSION);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('teachings', { keyPath: 'name' });
        opening.result.createObjectStore('texts', { keyPath: ['teaching', 'id'] });
      };
      const database = await answer(opening);
      database.onversionchange = () => database.close(); // another tab has a newer version
      return new TeachingStore(database);
    } catch {
      return undefined;
    }
  }

  async list(): Promise<KeptTeaching[]> {
    const reading = this.database.transaction(['teachings', 'texts']);
    const records = await answer<TeachingRecord[]>(reading.objectStore('teachings').getAll());
    return Promise.all(
      records.map(async ({ name, labels }) => ({ name, labels, texts: await answer(reading.objectStore('texts').count(rangeOf(name))) })),
    );
  }

  /** A teaching and its texts; undefined where there is none of that name. */
  async read(name: string): Promise<{ teaching: TeachingRecord; texts: TaughtText[] } | undefined> {
    const reading = this.database.transaction(['teachings', 'texts']);
    const [teaching, texts] = await Promise.all([
      answer<TeachingRecord | undefined>(reading.objectStore('teachings').get(name)),
      answer<TextRecord[]>(reading.objectStore('texts').getAll(rangeOf(name))),
    ]);
    return teaching && { teaching, texts: texts.map(({ id, text, label }) => ({ id, text, label })) };
  }

  /** @throws QuotaExceededError where there is no room */
  write(teaching: TeachingRecord, { texts, removed }: Changes): Promise<void> {
    const writing = this.database.transaction(['teachings', 'texts'], 'readwrite');
    writing.objectStore('teachings').put(teaching);
    const store = writing.objectStore('texts');
    for (const text of texts) store.put({ teaching: teaching.name, ...text } satisfies TextRecord);
    for (const id of removed) store.delete([teaching.name, id]);
    return done(writing);
  }

  delete(name: string): Promise<void> {
    const writing = this.database.transaction(['teachings', 'texts'], 'readwrite');
    writing.objectStore('teachings').delete(name);
    writing.objectStore('texts').delete(rangeOf(name));
    return done(writing);
  }

  close(): void {
    this.database.close();
  }
}

/** The keys of a teaching's texts. */
function rangeOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name], [name, []]);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

function done(writing: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    writing.oncomplete = () => resolve();
    writing.onabort = () => reject(writing.error!);
  });
}
