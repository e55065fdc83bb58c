/** Measures on this device, when asked to; ends with what it measures. */

import type { TextClassificationPipeline } from '../../index.js';
import { measure } from '../measure/measure.js';
import type { State } from '../state.js';
import { troubleOf } from '../troubles.js';

export interface Measurer {
  start(classify: TextClassificationPipeline): Promise<void>;
  /** Also when the model goes: its figures are not another's. */
  drop(): void;
}

export function createMeasurer(state: State): Measurer {
  let controller: AbortController | undefined;

  async function start(classify: TextClassificationPipeline): Promise<void> {
    drop();
    const mine = (controller = new AbortController());
    const { examples, dozen } = state.task.peek();
    const texts = [...examples, ...dozen].map(({ text }) => text);
    state.measuring.value = { status: 'running', share: 0 };
    try {
      const result = await measure(classify, texts, {
        signal: mine.signal,
        progress: (share) => {
          if (controller === mine) state.measuring.value = { status: 'running', share };
        },
      });
      if (controller === mine) state.measuring.value = { status: 'done', result };
    } catch (error) {
      if (controller !== mine) return;
      state.measuring.value = undefined;
      state.trouble.value = troubleOf(error);
    }
  }

  function drop(): void {
    controller?.abort();
    controller = undefined;
    state.measuring.value = undefined;
  }

  return { start, drop };
}
