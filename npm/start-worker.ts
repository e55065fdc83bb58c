/**
 * Starts the worker in the npm package, whose files are used as they lie: a bundler has nothing to
 * build, it copies what these addresses name and puts in the copies' own. (Written as
 * `new Worker(new URL(…))` it would build the worker once more, each bundler in its own way.)
 *
 * A worker that may be copied under any name cannot know where anything else is; it is told.
 */

import type { OrtFiles } from './import-ort.js';

const worker = new URL('./classifier.worker.js', import.meta.url);

const ort: OrtFiles = {
  jspi: {
    js: new URL('./ort/jspi.js', import.meta.url).href,
    wasm: new URL('./ort/ort-wasm-simd-threaded.jspi.wasm', import.meta.url).href,
  },
  asyncify: {
    js: new URL('./ort/asyncify.js', import.meta.url).href,
    wasm: new URL('./ort/ort-wasm-simd-threaded.asyncify.wasm', import.meta.url).href,
  },
};

export function startWorker(): Worker {
  const started = new Worker(worker, { type: 'module' });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  started.postMessage(ort);
  return started;
}
