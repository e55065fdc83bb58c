/** What is said of an error where one's own labels are, in the page's language: by its name, as elsewhere on the page. */

import { adviceFor, troubleOf } from '../troubles.js';
import { ownWords } from './words.js';

/** Of the page's own code, whose sentences are in its language already. */
const OURS = new Set(['NoPackage', 'TextsError', 'ZipError']);

export function saidOf(error: unknown): string {
  const trouble = troubleOf(error);
  const { unreadable, noRoom, advice } = ownWords.peek();
  if (OURS.has(trouble.name)) return trouble.message;
  if (trouble.name === 'TeachingError') return unreadable;
  if (trouble.name === 'StorageError') return noRoom;
  const { title, todo } = adviceFor(trouble);
  return advice(title, todo);
}
