/** Everything that a visitor can do. The only writer of the state. */

import { batch } from '@preact/signals';
import type { pipeline, TextClassificationPipeline } from '../index.js';
import { announce } from './actions/announce.js';
import { createBatches } from './actions/batches.js';
import { createComparisons, type Comparable } from './actions/comparisons.js';
import { createKeeper, type Storage } from './actions/keep.js';
import { createLoader } from './actions/load.js';
import { createMeasurer } from './actions/measure.js';
import { createRunner, type NextFrame } from './actions/run.js';
import { createViewer, type Viewer } from './actions/view.js';
import { createVisit, type Visit, type Visitor } from './actions/visit.js';
import type { Focus, InputMode, State, Why } from './state.js';
import { tasks, type Kind, type Task } from './tasks/index.js';
import type { LabelledText } from './texts/labels.js';
import { needsReload, troubleOf } from './troubles.js';

export interface Actions extends Viewer, Visit {
  retry(): Promise<void>;
  chooseInput(input: InputMode): void;
  write(text: string): void;
  /** Sets another text beside the first, to compare or as the second of a pair; undefined takes it away. */
  compare(second: string | undefined): void;
  /** Sets another task's curve beside this one's; undefined takes it away. */
  compareTasks(other: Task | undefined): Promise<void>;
  writeLines(lines: string): void;
  openFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<void>;
  /** Our own sentences: of one kind, or all. */
  trySentences(kind?: Kind): Promise<void>;
  /** Back from a file to the box. */
  dropBatch(): void;
  runMany(): Promise<void>;
  /** The texts shown, through all layers: to see where fast and full disagree. */
  readFully(): Promise<void>;
  cancel(): void;
  /** While the slider moves: what is recorded is re-gated. */
  slide(speed: number): void;
  /** When it is let go: the texts really run again. */
  settle(): void;
  stopReally(reallyStop: boolean): void;
  /** Times several speeds on this device, for a minute at most. */
  measureHere(): Promise<void>;
  stopMeasuring(): void;
  /** Finds out what is kept for use without a network. */
  lookAtKept(): Promise<void>;
  keep(task: Task): Promise<void>;
  stopKeeping(): void;
  forget(task: Task): Promise<void>;
  focusOn(focus: Focus): void;
  /** For the figures that are about one exit; a layer that was in focus gives way to it. Undefined: as before any was chosen. */
  chooseExit(exit: number | undefined): void;
  /** Which words did it; undefined asks no more. */
  askWhy(why: Why | undefined): void;
  showMap(map: boolean): void;
  /** What is loaded: for what is fetched later, and reads texts in a way of its own (`actions/explain`). */
  reader(): TextClassificationPipeline | undefined;
  /** Goes to a step of the guided story, which speaks of the first task; undefined ends it. */
  tell(step: number | undefined): void;
}

export interface Surroundings extends Comparable, Visitor {
  pipeline: typeof pipeline;
  storage: Storage;
  nextFrame: NextFrame;
}

/** Long enough to pass over the letters of a word, short enough to feel at once. */
const TYPING_PAUSE = 120;

export function createActions(state: State, surroundings: Surroundings): Actions {
  const { model, pipeline, storage, nextFrame } = surroundings;
  const loader = createLoader(state, model, pipeline);
  const runner = createRunner(state, nextFrame);
  const measurer = createMeasurer(state);
  const viewer = createViewer(state);
  const keeper = createKeeper(state, model, storage);
  const comparisons = createComparisons(state, surroundings);
  const { cancel } = runner;
  const batches = createBatches(state, { cancel, refresh });
  const visit = createVisit(state, surroundings, { loader, batches, comparisons, cancel, stopMeasuring: measurer.drop, refresh });
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Runs what the current input holds; without a model, loading does it at its end. */
  async function refresh(): Promise<void> {
    clearTimeout(timer);
    const { input, text, second } = state;
    const ready = loader.current();
    if (!ready) return;
    let texts: LabelledText[];
    if (input.peek() === 'one') {
      const [one, other] = [text.peek(), second.peek() ?? ''];
      const written = [one, other].filter((each) => each.trim() !== '');
      const { textPair } = ready.info;
      if (written.length < (textPair ? 2 : 1)) return clear();
      texts = textPair ? [{ text: { text: one, text_pair: other } }] : written.map((each) => ({ text: each }));
    } else {
      try {
        texts = await batches.texts(ready.info);
      } catch (error) {
        state.trouble.value = troubleOf(error);
        return;
      }
      if (input.peek() === 'one' || loader.current() !== ready) return;
    }
    await runner.run(texts, ready);
    announce(state);
  }

  function refreshSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), TYPING_PAUSE);
  }

  function clear(): void {
    runner.cancel();
    batch(() => {
      state.runs.one.value = undefined;
      state.busy.value = false;
      state.announcement.value = '';
      state.focus.value = {};
    });
  }

  return {
    ...viewer,
    ...visit,
    openFile: batches.openFile,
    trySentences: batches.trySentences,
    dropBatch: batches.drop,
    compareTasks: comparisons.compareTasks,
    async retry() {
      const trouble = state.trouble.peek();
      if (!loader.current() || (trouble && needsReload(trouble))) await visit.download();
      else await refresh();
    },
    chooseInput(input) {
      if (input === state.input.peek()) return;
      runner.cancel();
      batch(() => {
        state.input.value = input;
        state.focus.value = {};
        state.trouble.value = undefined;
      });
      if (input === 'one') void refresh();
    },
    write(text) {
      state.text.value = text;
      refreshSoon();
    },
    compare(second) {
      state.second.value = second;
      state.focus.value = {};
      refreshSoon();
    },
    writeLines(lines) {
      batch(() => {
        state.lines.value = lines;
        state.batch.value = undefined;
      });
    },
    async runMany() {
      state.focus.value = {};
      await refresh();
    },
    async readFully() {
      const [run, ready] = [state.run.peek(), loader.current()];
      if (!run || !ready) return;
      viewer.filter({ only: 'disagree' });
      await runner.run(run.samples, ready, true);
      announce(state);
    },
    cancel: runner.cancel,
    slide(speed) {
      if (speed >= 0 && speed <= 1) state.speed.value = Math.round(speed * 100) / 100;
    },
    settle() {
      const run = state.run.peek();
      if (state.busy.peek() || (run && run.speed !== state.speed.peek())) refreshSoon();
    },
    stopReally(reallyStop) {
      state.reallyStop.value = reallyStop;
      if (state.run.peek()) refreshSoon();
    },
    async measureHere() {
      const ready = loader.current();
      if (ready) await measurer.start(ready);
    },
    stopMeasuring: measurer.drop,
    lookAtKept: keeper.look,
    keep: keeper.keep,
    stopKeeping: keeper.stop,
    forget: keeper.remove,
    focusOn(focus) {
      const { sample, layer, word } = state.focus.peek();
      if (focus.sample !== sample || focus.layer !== layer || focus.word !== word) state.focus.value = focus;
    },
    chooseExit(exit) {
      batch(() => {
        state.exit.value = exit;
        state.focus.value = { sample: state.focus.peek().sample };
      });
    },
    askWhy(why) {
      state.why.value = why;
    },
    showMap(map) {
      state.map.value = map;
    },
    reader: loader.current,
    tell(step) {
      state.step.value = step;
      if (step !== undefined && state.task.peek() !== tasks[0]) void visit.chooseTask(tasks[0]);
    },
  };
}
