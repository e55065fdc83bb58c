/** What a visitor can do about an error, by its name. */

import type { ErrorName } from '../index.js';
import type { Trouble } from './state.js';
import { words } from './words/index.js';

export interface Advice {
  /** What happened, in a few words. */
  title: string;
  /** What to do. */
  todo: string;
  /** Whether trying again may help. */
  again: boolean;
}

/** Where a page teaches, it says itself what is missing. */
type Foreseen = Exclude<ErrorName, 'AbortError' | 'TeachingError'> | 'TextsError';

/** Whether trying again may help. */
const again: Record<Foreseen, boolean> = {
  InputError: false,
  TextsError: false,
  PackageError: false,
  DownloadError: true,
  IntegrityError: true,
  StorageError: false,
  DeviceError: true,
  WorkerError: true,
  DisposedError: true,
};

/** Errors after which the pipeline itself still stands. */
const survivable = new Set(['InputError', 'TextsError', 'DownloadError', 'IntegrityError', 'StorageError']);

export function adviceFor({ name }: Trouble): Advice {
  const { troubles } = words.value;
  if (!Object.hasOwn(again, name)) return { ...troubles.unforeseen, again: true };
  return { ...troubles[name as Foreseen], again: again[name as Foreseen] };
}

export function needsReload({ name }: Trouble): boolean {
  return !survivable.has(name);
}

export function troubleOf(error: unknown): Trouble {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
