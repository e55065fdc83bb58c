/** Every change is learnt by itself, a moment later; the next cancels that. */

import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Teacher, TeachEvent } from '../../index.js';
import { saidOf } from './said-of.js';

/** Milliseconds that a change waits for the next. */
const PAUSE = 250;

export interface Learning {
  /** How far a fit is, while one runs or is about to. */
  step: ReadonlySignal<TeachEvent | undefined>;
  soon(now: Teacher): void;
  stop(): void;
}

export function createLearning(trouble: Signal<string>, onLearnt: (now: Teacher) => void): Learning {
  const step = signal<TeachEvent | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fitting: AbortController | undefined;

  function stop(): void {
    clearTimeout(timer);
    fitting?.abort();
    fitting = undefined;
    step.value = undefined;
  }

  async function learn(now: Teacher): Promise<void> {
    const mine = (fitting = new AbortController());
    try {
      await now.fit({ signal: mine.signal, onProgress: (event) => fitting === mine && (step.value = event) });
      if (fitting !== mine) return;
      batch(() => {
        step.value = undefined;
        trouble.value = '';
        onLearnt(now);
      });
    } catch (error) {
      if (fitting !== mine) return;
      batch(() => {
        step.value = undefined;
        trouble.value = saidOf(error);
      });
    }
  }

  return {
    step,
    soon(now) {
      stop();
      step.value = { status: 'read', done: 0, of: now.texts.length };
      timer = setTimeout(() => void learn(now), PAUSE);
    },
    stop,
  };
}
