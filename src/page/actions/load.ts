/** Loads the pipeline, and loads it anew on another device; the last request wins. */

import { batch } from '@preact/signals';
import type { pipeline, TextClassificationPipeline } from '../../index.js';
import type { State } from '../state.js';
import { own, type Task } from '../tasks/index.js';
import { troubleOf } from '../troubles.js';
import { deviceName } from '../wording.js';
import { agreement, words } from '../words/index.js';

export interface Loader {
  /** What is loaded now, if anything. */
  current(): TextClassificationPipeline | undefined;
  /** Disposes what there is and loads for the task and the device of now; false if it failed or was overtaken. */
  load(): Promise<boolean>;
}

export function createLoader(state: State, model: (task: Task) => string, make: typeof pipeline): Loader {
  let loaded: TextClassificationPipeline | undefined;
  let latest = 0;

  async function load(): Promise<boolean> {
    const mine = ++latest;
    const before = loaded;
    const task = state.task.peek();
    loaded = undefined;
    batch(() => {
      // What is learnt anew takes the place of what was there at once: emptying the page for that would flicker.
      if (task !== own) state.loading.value = { status: 'loading', loaded: 0, total: 0 };
      state.trouble.value = undefined;
      state.notice.value = '';
    });
    // It may have died already: that is no reason not to load another.
    await before?.dispose().catch(() => undefined);
    if (mine !== latest) return false;
    const taught = state.taught.peek();
    if (task === own && !taught) {
      // What a model that is no more has said goes with it.
      batch(() => {
        state.loading.value = { status: 'untaught' };
        state.runs.one.value = undefined;
        state.runs.many.value = undefined;
        state.focus.value = {};
      });
      return false;
    }
    try {
      const fresh = await (task === own ? taught!.open(state.speed.peek()) : downloaded(task, mine));
      const said = task === own ? taught!.said : await wordsFor(fresh);
      if (mine !== latest) {
        await fresh.dispose().catch(() => undefined);
        return false;
      }
      loaded = fresh;
      batch(() => {
        agreement.value = said;
        state.loading.value = { status: 'ready', info: fresh.info };
        state.pairs.value = fresh.info.textPair;
      });
      return true;
    } catch (error) {
      if (mine !== latest) return false;
      batch(() => {
        state.loading.value = { status: 'failed' };
        state.trouble.value = troubleOf(error);
      });
      return false;
    }
  }

  function downloaded(task: Task, mine: number): Promise<TextClassificationPipeline> {
    return make('text-classification', model(task), {
      device: state.device.peek(),
      speed: state.speed.peek(),
      progress_callback: (event) => {
        if (mine !== latest || state.loading.peek().status !== 'loading') return;
        if (event.status !== 'progress_total') return;
        state.loading.value = { status: 'loading', loaded: event.loaded, total: event.total };
      },
      onGpu: () => void news(mine),
      onRecovered: ({ device, deviceDescription, reason }) => {
        if (news(mine)) state.notice.value = words.peek().device.lost(reason, deviceName(device), deviceDescription);
      },
    });
  }

  /** Before a figure is shown that would say otherwise: what it says where another model labelled the dev set. */
  async function wordsFor(fresh: TextClassificationPipeline): Promise<typeof agreement.value> {
    try {
      return fresh.info.gold === 'model' ? (await import('../words/agreement.js')).agreement : undefined;
    } catch (error) {
      await fresh.dispose();
      throw error;
    }
  }

  /** What is loaded says something new of itself; false if it is not the last that was asked for. */
  function news(mine: number): boolean {
    if (mine !== latest || !loaded) return false;
    state.loading.value = { status: 'ready', info: loaded.info };
    return true;
  }

  return { current: () => loaded, load };
}
