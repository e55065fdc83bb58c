/**
 * Runs texts through the pipeline, one call at a time: a new call aborts the one before. Events
 * are collected and shown once a frame.
 */

import { batch } from '@preact/signals';
import type { Mode, TextClassificationPipeline } from '../../index.js';
import { fullBelief } from '../disagreement.js';
import { Recording } from '../recording.js';
import type { InputMode, Run, State } from '../state.js';
import { EVERYTHING } from '../stream-view.js';
import type { LabelledText } from '../texts/labels.js';
import { troubleOf } from '../troubles.js';
import { wholeText } from '../wording.js';

/** More texts than this stop at their exits, unless asked to go on: all layers of all of them take long. */
export const MOST_EXPLORED = 100;

/** Milliseconds between two looks at a running batch of many texts; of fewer, every frame shows. */
const LOOK_PAUSE = 200;
const MANY = 300;

/** Calls `show` before the next paint; a page without frames (hidden, or a test) waits a moment. */
export type NextFrame = (show: () => void) => void;

export interface Runner {
  /** @param fully runs all layers, however many texts there are */
  run(texts: readonly LabelledText[], pipeline: TextClassificationPipeline, fully?: boolean): Promise<void>;
  /** Aborts the call under way; what has come stays. */
  cancel(): void;
}

export function createRunner(state: State, nextFrame: NextFrame): Runner {
  let controller: AbortController | undefined;
  let reader: TextClassificationPipeline | undefined;

  async function run(texts: readonly LabelledText[], pipeline: TextClassificationPipeline, fully = false) {
    controller?.abort();
    const mine = (controller = new AbortController());
    const input: InputMode = state.input.peek();
    const shown = state.runs[input];
    const explores = fully || (!state.reallyStop.peek() && texts.length <= MOST_EXPLORED);
    const mode: Mode = explores ? 'explore' : 'fast';
    const speed = state.speed.peek();
    const { layers, labels } = pipeline.info;
    const before = shown.peek()?.samples ?? [];
    const again = before.length === texts.length && texts.every(({ text }, i) => wholeText(text) === wholeText(before[i]!.text));
    // The last layer's answer is the same at any speed.
    const knows = again && reader === pipeline;
    reader = pipeline;
    const recording = new Recording(texts, (i) => (knows ? fullBelief(before[i]!, layers) : undefined));
    let latest: Run | undefined;
    const show = (status: Run['status'], took?: number): void => {
      latest = { samples: recording.samples(), speed, mode, layers, labels, status, took };
      shown.value = latest;
    };
    /** Ends what is shown of this call, unless a later call shows its own by now. */
    const end = (status: Run['status']): void => {
      if (latest && shown.peek() === latest) show(status);
    };

    batch(() => {
      state.busy.value = true;
      state.trouble.value = undefined;
      // One text is answered within a frame or two: emptying the page for those would flicker.
      if (input === 'many') {
        show('running');
        if (!again && before.length > 0) state.view.value = EVERYTHING;
      }
    });
    let awaitsFrame = false;
    const start = performance.now();
    try {
      const verdicts = await pipeline.trace(
        texts.map(({ text }) => text),
        {
          speed,
          mode,
          signal: mine.signal,
          onExit: (event) => {
            if (controller !== mine) return;
            recording.add(event);
            if (awaitsFrame) return;
            awaitsFrame = true;
            const look = (): void => {
              awaitsFrame = false;
              if (controller === mine && state.busy.peek()) show('running');
            };
            if (texts.length <= MANY) nextFrame(look);
            else setTimeout(() => nextFrame(look), LOOK_PAUSE);
          },
        },
      );
      if (controller !== mine) return end('cancelled');
      recording.finish(verdicts);
      batch(() => {
        state.busy.value = false;
        show('done', performance.now() - start);
      });
    } catch (error) {
      if (controller !== mine) return end('cancelled');
      batch(() => {
        state.busy.value = false;
        if (mine.signal.aborted) return end('cancelled');
        end('failed');
        // The verdict of an earlier text must not stand beside this one.
        if (input === 'one') shown.value = undefined;
        state.trouble.value = troubleOf(error);
      });
    }
  }

  function cancel(): void {
    controller?.abort();
  }

  return { run, cancel };
}
