/**
 * Starts the worker in the npm package, whose files are used as they lie: a bundler has nothing to
 * build, it copies what this address names and puts in the copy's own. (Written as
 * `new Worker(new URL(…))` it would build the worker once more, each bundler in its own way.)
 */

const worker = new URL('./classifier.worker.js', import.meta.url);
/** What the worker fetches where it teaches; only the page knows where a bundler has put it. */
const taught = new URL('./taught.worker.js', import.meta.url);

export function startWorker(): Worker {
  return new Worker(worker, { type: 'module', name: taught.href });
}
