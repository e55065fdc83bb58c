/**
 * What teaching takes, and exits that were taught: fetched only then. The npm package has `npm/import-taught.ts` in this
 * file's place.
 */

export type { TaughtExits } from './taught/exits.js';

export function importTaught(): Promise<typeof import('./taught/index.js')> {
  return import('./taught/index.js');
}
