/** Hands the gate-cost worker to Playwright: layers run in a worker, as they do in the library. */

import { wrap, type Remote } from 'comlink';
import type { GateCostApi } from './gate-worker.js';

declare global {
  var gateCost: Remote<GateCostApi>;
}

globalThis.gateCost = wrap<GateCostApi>(new Worker(new URL('./gate-worker.js', import.meta.url), { type: 'module' }));
