/** Files that a visitor drops or chooses, folders with all that is in them, with their paths. */

import { TextsError } from '../texts/texts-error.js';
import { words } from '../words/index.js';

export interface GivenFile {
  /** With slashes, as `models/my-labels/manifest.json`. */
  path: string;
  data: ArrayBuffer;
}

/** In bytes, of all together: a package takes some 20 MB. */
export const MOST_OF_ALL = 400e6;

/** @throws TextsError where they are too large */
export async function given(files: readonly { path: string; file: File }[]): Promise<GivenFile[]> {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > MOST_OF_ALL) throw new TextsError(words.peek().unreadable.tooLarge(files[0]!.path, MOST_OF_ALL / 1e6));
  return Promise.all(files.map(async ({ path, file }) => ({ path, data: await file.arrayBuffer() })));
}

export function chosen(files: FileList | null): { path: string; file: File }[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** To be called while the event runs: what it holds is gone after that. */
export async function dropped({ items }: DataTransfer): Promise<{ path: string; file: File }[]> {
  const found = [...items].flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    if (entry) return filesIn(entry);
    // Where a browser has no entry for it, a file it is all the same.
    const file = item.getAsFile();
    return file ? Promise.resolve([{ path: file.name, file }]) : [];
  });
  return (await Promise.all(found)).flat();
}

async function filesIn(entry: FileSystemEntry): Promise<{ path: string; file: File }[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.slice(1), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  // It gives some at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(filesIn))).flat();
}
