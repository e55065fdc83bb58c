/** What teaching takes, in the npm package: a file beside the worker's, whose address the page has named the worker by. */

import type * as Taught from '../workers/taught/index.js';

export function importTaught(): Promise<typeof Taught> {
  // Each bundler has its own way of being told that this is a browser's import.
  return import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ self.name);
}
