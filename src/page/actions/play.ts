/** Plays the task's recorded run, layer by layer, while its model is not there yet. */

import { batch } from '@preact/signals';
import { Recording } from '../recording.js';
import type { Run, State } from '../state.js';

/** Milliseconds from one layer to the next, many times slower than it ran; and from one sentence to the next. */
const LAYER = 320;
const SENTENCE = 900;

export interface Player {
  /** @param atOnce nothing moves: all of it is shown */
  play(atOnce: boolean): Promise<void>;
  /** Takes it away. */
  stop(): void;
}

export function createPlayer(state: State): Player {
  let mine: symbol | undefined;

  async function play(atOnce: boolean): Promise<void> {
    const me = (mine = Symbol());
    const { device, speed, layers, labels, samples } = await state.task.peek().recorded();
    const recording = new Recording(samples);
    const show = (status: Run['status'], sample: number): void =>
      batch(() => {
        state.recorded.value = { samples: recording.samples(), speed, mode: 'explore', layers, labels, status, recordedOn: device };
        // Whoever looks at a sentence is left with it.
        if (state.focus.peek().layer === undefined) state.focus.value = { sample };
      });
    for (const [index, { trajectory }] of samples.entries()) {
      for (const belief of trajectory) {
        if (me !== mine) return;
        recording.add({ index, belief });
        if (atOnce) continue;
        show('running', index);
        await passed(belief.exit === layers ? SENTENCE : LAYER);
      }
    }
    if (me === mine) show('done', 0);
  }

  function stop(): void {
    mine = undefined;
    if (!state.recorded.peek()) return;
    batch(() => {
      state.recorded.value = undefined;
      state.focus.value = {};
    });
  }

  return { play, stop };
}

function passed(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
