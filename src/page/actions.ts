/** Everything that a visitor can do. The only writer of the state. */

import { batch } from '@preact/signals';
import type { Calibration } from '../core/index.js';
import type { pipeline } from '../index.js';
import { announce } from './actions/announce.js';
import { createKeeper, type Storage } from './actions/keep.js';
import { createLoader } from './actions/load.js';
import { createMeasurer } from './actions/measure.js';
import { createPlayer } from './actions/play.js';
import { createRunner, type NextFrame } from './actions/run.js';
import { createViewer, type Viewer } from './actions/view.js';
import type { Rivals } from './rivals.js';
import type { Link } from './permalink.js';
import type { DeviceChoice, Focus, InputMode, State } from './state.js';
import { tasks, type Kind, type Task } from './tasks/index.js';
import { resolveLabels, type LabelledText } from './texts/labels.js';
import { MOST_BYTES, readFile, readLines, type RawText } from './texts/read-texts.js';
import { TextsError } from './texts/texts-error.js';
import { needsReload, troubleOf } from './troubles.js';
import { speak, words, type Language } from './words/index.js';

export interface Actions extends Viewer {
  /** Loads the model, or offers to, and plays a recorded run meanwhile; then reads what stands in the box. */
  start(): Promise<void>;
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
  follow(link: Partial<Link>): void;
}

export interface Surroundings {
  /** URL of a task's model package. */
  model(task: Task): string;
  /** What the dev set gave with a task's model. */
  calibration(task: Task): Promise<Calibration>;
  /** What the task's model is compared with, if anything. */
  rivals(task: Task): Promise<Rivals | undefined>;
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
  const { model, calibration, rivals, pipeline, storage, nextFrame, playing } = surroundings;
  const loader = createLoader(state, model, pipeline);
  const runner = createRunner(state, nextFrame);
  const measurer = createMeasurer(state);
  const player = createPlayer(state);
  const viewer = createViewer(state);
  const keeper = createKeeper(state, model, storage);
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
        texts = resolveLabels(manyTexts(), ready.info);
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

  function manyTexts(): RawText[] {
    return state.batch.peek()?.texts ?? readLines(state.lines.peek());
  }

  async function load(): Promise<void> {
    runner.cancel();
    measurer.drop();
    if (!(await loader.load())) return;
    player.stop();
    void showRivals(state.task.peek());
    // Pasted lines wait for their button; a file may have been dropped while the model loaded.
    if (state.input.peek() === 'one' || state.batch.peek() || state.runs.many.peek()) await refresh();
  }

  /** Who was here before has seen the recorded run, and has most of what the model takes. */
  async function start(): Promise<void> {
    if (await surroundings.wasHere()) return load();
    play();
    await loadOrOffer();
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

  /** Once the model is there, which matters more. */
  async function showRivals(task: Task): Promise<void> {
    if (state.rivals.peek()) return;
    try {
      const found = await rivals(task);
      if (task === state.task.peek()) state.rivals.value = found;
    } catch {
      state.notice.value = words.peek().curve.rivalsMissing;
    }
  }

  /** Another model, with its own examples; what one has written oneself stays. */
  async function chooseTask(task: Task, text?: string): Promise<void> {
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
      if (state.batch.peek()?.isOurs) state.batch.value = undefined;
      state.runs.one.value = undefined;
      state.runs.many.value = undefined;
      state.focus.value = {};
    });
    if (waits) play();
    await reload();
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

  /** Shows texts that came from elsewhere, and runs them. */
  async function take(title: string, texts: RawText[], isOurs = false): Promise<void> {
    batch(() => {
      state.input.value = 'many';
      state.batch.value = { title, texts, isOurs };
      state.runs.many.value = undefined;
      state.focus.value = {};
      state.trouble.value = undefined;
    });
    await refresh();
  }

  return {
    ...viewer,
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
    async compareTasks(other) {
      state.beside.value = undefined;
      if (!other) return;
      try {
        const found = await calibration(other);
        if (other !== state.task.peek()) state.beside.value = { task: other, calibration: found };
      } catch (error) {
        state.trouble.value = troubleOf(error);
      }
    },
    writeLines(lines) {
      batch(() => {
        state.lines.value = lines;
        state.batch.value = undefined;
      });
    },
    async openFile(file) {
      try {
        if (file.size > MOST_BYTES) {
          throw new TextsError(words.peek().unreadable.tooLarge(file.name, MOST_BYTES / 1e6));
        }
        await take(file.name, readFile(file.name, await file.text()));
      } catch (error) {
        state.trouble.value = troubleOf(error);
      }
    },
    async trySentences(kind) {
      const { input, kinds } = words.peek();
      const task = state.task.peek();
      const all = (await task.sentences()).map((one, i) => ({ ...one, line: i + 1 }));
      if (task !== state.task.peek()) return;
      const texts = kind === undefined ? all : all.filter((one) => one.kind === kind);
      await take(kind === undefined ? input.ours : input.oursOfKind(kinds[kind]), texts, true);
    },
    dropBatch() {
      runner.cancel();
      batch(() => {
        state.batch.value = undefined;
        state.runs.many.value = undefined;
        state.focus.value = {};
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
    follow({ task, text, second, speed, device, language }) {
      if (language !== undefined) void speakIn(language);
      batch(() => {
        if (text !== undefined) state.text.value = text;
        state.second.value = second;
        if (speed !== undefined) state.speed.value = speed;
      });
      if (task !== undefined && task !== state.task.peek()) {
        if (device !== undefined) state.device.value = device;
        void chooseTask(task, text);
      } else if (device !== undefined && device !== state.device.peek()) void chooseDevice(device);
      else void refresh();
    },
  };
}
