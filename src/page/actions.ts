/** Everything that a visitor can do. The only writer of the state. */

import { batch } from '@preact/signals';
import type { pipeline } from '../index.js';
import { announce } from './actions/announce.js';
import { createBatches } from './actions/batches.js';
import { createComparisons, type Comparable } from './actions/comparisons.js';
import { createKeeper, type Storage } from './actions/keep.js';
import { createLoader } from './actions/load.js';
import { createMeasurer } from './actions/measure.js';
import { createPlayer } from './actions/play.js';
import { createRunner, type NextFrame } from './actions/run.js';
import { createViewer, type Viewer } from './actions/view.js';
import type { Link } from './permalink.js';
import type { DeviceChoice, Focus, InputMode, State } from './state.js';
import { EVERYTHING } from './stream-view.js';
import { tasks, type Kind, type Task } from './tasks/index.js';
import { resolveLabels, type LabelledText } from './texts/labels.js';
import { needsReload, troubleOf } from './troubles.js';
import { speak, words, type Language } from './words/index.js';

export interface Actions extends Viewer {
  /** Loads the model, or offers to, and plays a recorded run meanwhile; then reads what the link asks for. */
  start(link?: Partial<Link>): Promise<void>;
  /** What was offered. */
  download(): Promise<void>;
  chooseTask(task: Task): Promise<void>;
  chooseDevice(device: DeviceChoice): Promise<void>;
  retry(): Promise<void>;
  chooseInput(input: InputMode): void;
  write(text: string): void;
  /** Sets another text beside the first; undefined takes it away. */
  compare(second: string | undefined): void;
  /** Sets another task's curve beside this one's; undefined takes it away. */
  compareTasks(other: Task | undefined): Promise<void>;
  writeLines(lines: string): void;
  openFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<void>;
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
  speak(language: Language): Promise<void>;
  /** Goes to a step of the guided story, which speaks of the first task; undefined ends it. */
  tell(step: number | undefined): void;
  /** From a link that was opened in this page. */
  follow(link: Partial<Link>): Promise<void>;
}

export interface Surroundings extends Comparable {
  /** URL of a task's model package. */
  model(task: Task): string;
  pipeline: typeof pipeline;
  /** Whether there is a recorded run to play, and whether it may move. */
  playing: 'moving' | 'still' | 'never';
  /** Whether something of an earlier visit is kept. */
  wasHere(): Promise<boolean>;
  /** Whether to ask before a model is downloaded. */
  asksFirst(): boolean;
  /** Bytes still to download for a model. */
  downloadSize(model: string, device: DeviceChoice): Promise<number>;
  storage: Storage;
  nextFrame: NextFrame;
}

/** Long enough to pass over the letters of a word, short enough to feel at once. */
const TYPING_PAUSE = 120;

export function createActions(state: State, surroundings: Surroundings): Actions {
  const { model, pipeline, storage, nextFrame, playing } = surroundings;
  const loader = createLoader(state, model, pipeline);
  const runner = createRunner(state, nextFrame);
  const measurer = createMeasurer(state);
  const player = createPlayer(state);
  const viewer = createViewer(state);
  const keeper = createKeeper(state, model, storage);
  const comparisons = createComparisons(state, surroundings);
  const batches = createBatches(state, { cancel: runner.cancel, refresh });
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Runs what the current input holds; without a model, loading does it at its end. */
  async function refresh(): Promise<void> {
    clearTimeout(timer);
    const { input, text, second } = state;
    const ready = loader.current();
    if (!ready) return;
    let texts: LabelledText[];
    if (input.peek() === 'one') {
      texts = [text.peek(), second.peek() ?? ''].filter((one) => one.trim() !== '').map((one) => ({ text: one }));
      if (texts.length === 0) return clear();
    } else {
      try {
        texts = resolveLabels(batches.texts(), ready.info);
      } catch (error) {
        state.trouble.value = troubleOf(error);
        return;
      }
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

  async function load(): Promise<void> {
    runner.cancel();
    measurer.drop();
    if (!(await loader.load())) return;
    player.stop();
    void comparisons.showRivals(state.task.peek());
    // Pasted lines wait for their button; a file may have been dropped while the model loaded.
    if (state.input.peek() === 'one' || state.batch.peek() || state.runs.many.peek()) await refresh();
  }

  /** Who was here before has seen the recorded run, and has most of what the model takes. */
  async function start(link: Partial<Link> = {}): Promise<void> {
    await restore(link);
    if (await surroundings.wasHere()) await load();
    else {
      play();
      await loadOrOffer();
    }
    if (link.input === 'many' && link.lines) await refresh();
    if (link.focus && state.run.peek()) state.focus.value = link.focus;
  }

  function play(): void {
    if (playing !== 'never') void player.play(playing === 'still').catch(() => {});
  }

  async function loadOrOffer(): Promise<void> {
    if (!surroundings.asksFirst()) return load();
    const task = state.task.peek();
    try {
      const bytes = await surroundings.downloadSize(model(task), state.device.peek());
      if (task === state.task.peek()) state.loading.value = { status: 'offered', bytes };
    } catch {
      // Loading says what is wrong.
      await load();
    }
  }

  /** Another model, with its own examples; what one has written oneself stays. */
  async function chooseTask(task: Task): Promise<void> {
    switchTo(task);
    await reload();
  }

  function switchTo(task: Task, text?: string): void {
    const { examples } = state.task.peek();
    const isOurs = examples.some((example) => example.text === state.text.peek());
    const waits = state.info.peek() === undefined;
    runner.cancel();
    player.stop();
    batch(() => {
      state.task.value = task;
      state.rivals.value = undefined;
      state.beside.value = undefined;
      if (text !== undefined) state.text.value = text;
      else if (isOurs) state.text.value = task.first;
      if (state.batch.peek()?.ours) state.batch.value = undefined;
      state.runs.one.value = undefined;
      state.runs.many.value = undefined;
      state.focus.value = {};
    });
    if (waits) play();
  }

  async function chooseDevice(device: DeviceChoice): Promise<void> {
    state.device.value = device;
    await reload();
  }

  /** What waits for the visitor's yes goes on waiting for it. */
  function reload(): Promise<void> {
    return state.loading.peek().status === 'offered' ? loadOrOffer() : load();
  }

  async function speakIn(language: Language): Promise<void> {
    try {
      await speak(language);
    } catch {
      state.notice.value = words.peek().notices.noLanguage;
    }
  }

  return {
    ...viewer,
    openFile: batches.openFile,
    trySentences: batches.trySentences,
    dropBatch: batches.drop,
    compareTasks: comparisons.compareTasks,
    start,
    download: load,
    chooseTask,
    chooseDevice,
    async retry() {
      const trouble = state.trouble.peek();
      if (!loader.current() || (trouble && needsReload(trouble))) await load();
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
      const { sample, layer } = state.focus.peek();
      if (focus.sample !== sample || focus.layer !== layer) state.focus.value = focus;
    },
    speak: speakIn,
    tell(step) {
      state.step.value = step;
      if (step !== undefined && state.task.peek() !== tasks[0]) void chooseTask(tasks[0]);
    },
    follow,
  };

  /** What the link leaves out goes back to what is usual, but for what one has written. */
  async function follow(link: Partial<Link>): Promise<void> {
    const { task = tasks[0], text, speed, device = 'auto', language } = link;
    if (language) void speakIn(language);
    batch(() => {
      if (text !== undefined) state.text.value = text;
      if (speed !== undefined) state.speed.value = speed;
      if (link.lines !== undefined) state.lines.value = link.lines;
      state.input.value = link.input ?? 'one';
      state.second.value = link.second;
      state.reallyStop.value = link.reallyStop ?? false;
      state.view.value = link.view ?? EVERYTHING;
      state.exit.value = link.exit;
      state.step.value = link.step;
    });
    const moves = task !== state.task.peek();
    if (moves) switchTo(task, text);
    await restore(link);
    if (moves || device !== state.device.peek()) {
      state.device.value = device;
      await reload();
    } else await refresh();
    state.focus.value = link.focus ?? {};
  }

  /** What of a link has to be fetched. */
  async function restore({ input, lines, ours, beside }: Partial<Link>): Promise<void> {
    void comparisons.compareTasks(beside);
    if (input !== 'many') return;
    if (lines !== undefined) state.batch.value = undefined;
    const kind = state.task.peek().kinds.find((one) => one === ours);
    if (kind || ours === 'all') await batches.setSentences(kind);
  }
}
