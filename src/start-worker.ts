/**
 * Starts the worker from its source, which a bundler builds along with the page: this project's own
 * pages. The npm package has `npm/start-worker.ts` in this file's place.
 */
export function startWorker(): Worker {
  return new Worker(new URL('../workers/classifier.worker.js', import.meta.url), { type: 'module' });
}
