/** Hands the engine's worker to Playwright. */

import { wrap, type Remote } from 'comlink';
import type { EngineApi } from './engine-worker.js';

declare global {
  var engineRace: Remote<EngineApi>;
}

globalThis.engineRace = wrap<EngineApi>(new Worker(new URL('./engine-worker.js', import.meta.url), { type: 'module' }));
