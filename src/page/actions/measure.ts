/** Measures on this device, when asked to; ends with what it measures. */

import type { TextClassificationPipeline } from '../../index.js';
import type { State } from '../state.js';
import { troubleOf } from '../troubles.js';

/** Of our sentences every so-manieth is measured on: all kinds of them, in a minute. */
const EVERY = 5;

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
    const { examples, sentences } = state.task.peek();
    state.measuring.value = { status: 'running', share: 0 };
    try {
      const [ours, { measure }] = await Promise.all([sentences(), import('../measure/measure.js')]);
      const some = ours.filter((_, i) => i % EVERY === 0);
      const texts = [...examples, ...some].map(({ text }) => text);
      const pairs = texts.map((text, i) => ({ text, text_pair: texts.at(i - 1)! }));
      const result = await measure(classify, classify.info.textPair ? pairs : texts, {
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
