/** What a visitor can do about an error, by its name. */

import type { ErrorName } from '../index.js';
import type { Trouble } from './state.js';

export interface Advice {
  /** What happened, in a few words. */
  title: string;
  /** What to do. */
  todo: string;
  /** Whether trying again may help. */
  again: boolean;
}

const advice: Record<Exclude<ErrorName, 'AbortError'> | 'TextsError', Advice> = {
  InputError: {
    title: 'The model cannot take this input',
    todo: 'Change the text and it is read again.',
    again: false,
  },
  TextsError: { title: 'These texts cannot be read', todo: '', again: false },
  PackageError: {
    title: 'The model package is broken',
    todo: 'Nothing on this page can repair it; tell whoever put it here.',
    again: false,
  },
  DownloadError: {
    title: 'A part of the model did not arrive',
    todo: 'Check the connection, then try again.',
    again: true,
  },
  IntegrityError: {
    title: 'A part of the model arrived altered',
    todo: 'Try again. If it stays so, something between you and the server changes files.',
    again: true,
  },
  StorageError: {
    title: 'There is no room to keep the model',
    todo: 'Delete another task below, or free some space on this device. Online the page works on as before.',
    again: false,
  },
  DeviceError: {
    title: 'This device cannot run the model that way',
    todo: 'Try again, or choose another device: WASM works in every browser.',
    again: true,
  },
  WorkerError: {
    title: 'The model stopped',
    todo: 'Try again: it starts anew. Close other tabs if memory is short.',
    again: true,
  },
  DisposedError: { title: 'The model was shut down', todo: 'Try again: it starts anew.', again: true },
};

const unforeseen: Advice = {
  title: 'Something unforeseen went wrong',
  todo: 'Try again, or reload the page.',
  again: true,
};

/** Errors after which the pipeline itself still stands. */
const survivable = new Set(['InputError', 'TextsError', 'DownloadError', 'IntegrityError', 'StorageError']);

export function adviceFor({ name }: Trouble): Advice {
  return Object.hasOwn(advice, name) ? advice[name as keyof typeof advice] : unforeseen;
}

export function needsReload({ name }: Trouble): boolean {
  return !survivable.has(name);
}

export function troubleOf(error: unknown): Trouble {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
