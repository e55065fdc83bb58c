/** `project`, in a worker of its own that ends with it. */

import type { Projection } from './projection.js';
import type { States } from './projection.worker.js';

/** What it is given is gone from this thread. */
export function projectApart(states: States, signal: AbortSignal): Promise<Projection> {
  const worker = new Worker(new URL('./projection.worker.js', import.meta.url), { type: 'module' });
  return new Promise<Projection>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    worker.onmessage = ({ data }: MessageEvent<Projection>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(states, [states.rows.buffer]);
  }).finally(() => worker.terminate());
}
