/** What the browser's cache calls the files of packages. */

/** The cache; its number goes up when its content means something else. */
export const STORE = 'fastbert-web-files-1';

/** A file's key: no address that anything could be served under. */
export function storeKey(sha256: string): string {
  return `https://files.fastbert-web.invalid/${sha256}`;
}
