/** What was taught, in the browser's IndexedDB: records of teachings, of texts and of fits, so that a change writes what changed. */

import type { Fitted } from './contract.js';
import type { KeptTeaching, TaughtText, TeachReport } from './teacher.js';

const NAME = 'fastbert-web-taught';
/** Goes up when its content means something else. */
const VERSION = 1;

/** What a fit gave. */
export interface Learnt extends Pick<Fitted, 'taught' | 'info'> {
  report: TeachReport;
  /** Of the labels and texts that it was of. */
  hash: string;
}

export interface TeachingRecord {
  name: string;
  labels: string[];
}

interface TextRecord extends TaughtText {
  teaching: string;
}

export interface Changes {
  texts: readonly TaughtText[];
  /** Ids of texts that are gone. */
  removed: readonly number[];
  /** Where there was a fit. */
  learnt: Learnt | undefined;
}

const STORES = ['teachings', 'texts', 'learnt'];

export class TeachingStore {
  private constructor(private readonly database: IDBDatabase) {}

  /** Undefined where nothing may be kept. */
  static async open(): Promise<TeachingStore | undefined> {
    try {
      const opening = indexedDB.open(NAME, VERSION);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('teachings', { keyPath: 'name' });
        opening.result.createObjectStore('texts', { keyPath: ['teaching', 'id'] });
        opening.result.createObjectStore('learnt');
      };
      const database = await answer(opening);
      database.onversionchange = () => database.close(); // another tab has a newer version
      return new TeachingStore(database);
    } catch {
      return undefined;
    }
  }

  async list(): Promise<KeptTeaching[]> {
    const reading = this.database.transaction(STORES);
    const records = await answer<TeachingRecord[]>(reading.objectStore('teachings').getAll());
    return Promise.all(
      records.map(async ({ name, labels }) => ({ name, labels, texts: await answer(reading.objectStore('texts').count(rangeOf(name))) })),
    );
  }

  /** Undefined where there is none of that name. */
  async read(name: string): Promise<{ labels: string[]; texts: TaughtText[]; learnt: Learnt | undefined } | undefined> {
    const reading = this.database.transaction(STORES);
    const [teaching, texts, learnt] = await Promise.all([
      answer<TeachingRecord | undefined>(reading.objectStore('teachings').get(name)),
      answer<TextRecord[]>(reading.objectStore('texts').getAll(rangeOf(name))),
      answer<Learnt | undefined>(reading.objectStore('learnt').get(name)),
    ]);
    return teaching && { labels: teaching.labels, texts: texts.map(({ id, text, label }) => ({ id, text, label })), learnt };
  }

  /** @throws QuotaExceededError where there is no room */
  write(teaching: TeachingRecord, { texts, removed, learnt }: Changes): Promise<void> {
    const writing = this.database.transaction(STORES, 'readwrite');
    writing.objectStore('teachings').put(teaching);
    const store = writing.objectStore('texts');
    for (const text of texts) store.put({ teaching: teaching.name, ...text } satisfies TextRecord);
    for (const id of removed) store.delete([teaching.name, id]);
    if (learnt) writing.objectStore('learnt').put(learnt, teaching.name);
    return done(writing);
  }

  delete(name: string): Promise<void> {
    const writing = this.database.transaction(STORES, 'readwrite');
    writing.objectStore('teachings').delete(name);
    writing.objectStore('learnt').delete(name);
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
