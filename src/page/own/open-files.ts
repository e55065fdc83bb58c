/** What files that a visitor gives are: tables or lines of texts, or a package, as a folder or a .zip. */

import type { LabelledText } from '../../index.js';
import { readFile } from '../texts/read-file.js';
import { MOST_BYTES } from '../texts/read-texts.js';
import { namesIn } from '../texts/table.js';
import { TextsError } from '../texts/texts-error.js';
import { words } from '../words/index.js';
import { MOST_OF_ALL, type GivenFile } from './given-files.js';

/** Where they go. */
interface Ways {
  texts(given: readonly LabelledText[]): Promise<void>;
  package(files: readonly GivenFile[]): Promise<void>;
}

/** @throws TextsError, ZipError, NoPackage, PackageError */
export async function openFiles(given: readonly GivenFile[], ways: Ways): Promise<void> {
  // Systems leave hidden files in folders.
  const files = given.filter(({ path }) => !/(^|\/)\./.test(path));
  const [first] = files;
  if (!first) return;
  if (/\.zip$/i.test(first.path)) await ways.package((await import('./zip.js')).unzip(first.data, MOST_OF_ALL));
  else if (files.some(({ path }) => /(^|\/)manifest\.json$/.test(path))) await ways.package(files);
  else await ways.texts(files.flatMap(textsIn));
}

/**
 * The texts of a table that was copied, out of a spreadsheet or a file: its first line names the columns. Commas stand in
 * texts too: there both names are asked for.
 *
 * @returns undefined where it is none
 * @throws TextsError
 */
export function pastedTable(lines: string): LabelledText[] | undefined {
  const [header = ''] = lines.trimStart().split(/\r\n|\r|\n/, 1);
  const names = (separator: string): string[] => namesIn(header.split(separator));
  const isTable = (names('\t').length > 1 && names('\t').includes('text')) || [',', ';'].some((one) => names(one).includes('text') && names(one).includes('label'));
  if (!isTable) return undefined;
  return textsIn({ path: 'pasted.tsv', data: new TextEncoder().encode(lines.trimStart()).buffer });
}

function textsIn({ path, data }: GivenFile): LabelledText[] {
  if (data.byteLength > MOST_BYTES) throw new TextsError(words.peek().unreadable.tooLarge(path, MOST_BYTES / 1e6));
  return readFile(path, data).map(({ text, label }) => ({ text: typeof text === 'string' ? text : `${text.text} ${text.text_pair}`, label }));
}
