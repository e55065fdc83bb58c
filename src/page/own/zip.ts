/**
 * Files in a .zip and out of one. What is written is not compressed: weights of 8 bits would hardly get smaller. The sums
 * of its files are not looked at: a package's files are held against the SHA-256 that its manifest names anyway.
 */

import { unzipSync, zipSync } from 'fflate';
import type { GivenFile } from './given-files.js';
import { ownWords } from './words.js';

/** What is wrong with it. */
export type ZipTrouble =
  /** It is no .zip. */
  | 'none'
  | 'cut off'
  /** A file in it cannot be unpacked, or does not come to its size. */
  | 'damaged'
  | 'too large';

/** A .zip that cannot be read. */
export class ZipError extends Error {
  override name = 'ZipError';

  /** @param path the file in it that cannot be */
  constructor(
    readonly why: ZipTrouble,
    readonly path = '',
  ) {
    super(ownWords.peek().noZip[why](path));
  }
}

/** Deflate packs so many bytes into one at most (RFC 1951; zlib's manual): what says more is no size. */
const MOST_PACKED = 1032;
/** The first that the format can say: what is in a file says nothing of when it was made. */
const DATE = new Date(1980, 0, 1);

export function zip(files: readonly GivenFile[]): Blob {
  const named = Object.fromEntries(files.map(({ path, data }) => [path, new Uint8Array(data)]));
  return new Blob([zipSync(named, { level: 0, mtime: DATE })], { type: 'application/zip' });
}

/**
 * All files in it; folders are none.
 *
 * @param most bytes that they may come to: a small .zip may unpack to more than there is room for
 * @throws ZipError
 */
export function unzip(data: ArrayBuffer, most: number): GivenFile[] {
  const sizes = new Map<string, number>();
  let bytes = 0;
  let path = '';
  let found: Record<string, Uint8Array>;
  try {
    found = unzipSync(new Uint8Array(data), {
      // Asked before each is unpacked, into so much room as it says.
      filter({ name, originalSize }) {
        path = name;
        sizes.set(name, originalSize);
        bytes += originalSize;
        if (originalSize > MOST_PACKED * data.byteLength) throw new ZipError('damaged', name);
        if (bytes > most) throw new ZipError('too large');
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    if (error instanceof ZipError) throw error;
    // Its directory is at its end.
    throw path === '' ? new ZipError(beginsLikeZip(data) ? 'cut off' : 'none') : new ZipError('damaged', path);
  }
  return Object.entries(found).map(([name, content]) => {
    if (content.length !== sizes.get(name)) throw new ZipError('damaged', name);
    return { path: name, data: content.buffer as ArrayBuffer };
  });
}

function beginsLikeZip(data: ArrayBuffer): boolean {
  return data.byteLength > 4 && new DataView(data).getUint32(0) === 0x504b0304;
}
