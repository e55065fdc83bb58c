/** Where a visit begins and goes: the model that it takes, another task or device, what a link asks for. */

import { batch } from '@preact/signals';
import type { Link } from '../permalink.js';
import type { DeviceChoice, State, Taught } from '../state.js';
import { EVERYTHING } from '../stream-view.js';
import { own, tasks, type Task } from '../tasks/index.js';
import { speak, words, type Language } from '../words/index.js';
import type { Batches } from './batches.js';
import type { Comparisons } from './comparisons.js';
import type { Loader } from './load.js';
import { createPlayer } from './play.js';

/** What the page is told of the visitor, and of what a model takes. */
export interface Visitor {
  /** URL of a task's model package. */
  model(task: Task): string;
  /** Whether there is a recorded run to play, and whether it may move. */
  playing: 'moving' | 'still' | 'never';
  /** Whether something of an earlier visit is kept. */
  wasHere(): Promise<boolean>;
  /** Whether to ask before a model is downloaded. */
  asksFirst(): boolean;
  /** Bytes still to download for a model. */
  downloadSize(model: string, device: DeviceChoice): Promise<number>;
}

/** What it sets going. */
interface Parts {
  loader: Loader;
  batches: Batches;
  comparisons: Comparisons;
  cancel(): void;
  stopMeasuring(): void;
  refresh(): Promise<void>;
}

export interface Visit {
  /** Loads the model, or offers to, and plays a recorded run meanwhile; then reads what the link asks for. */
  start(link?: Partial<Link>): Promise<void>;
  /** What was offered. */
  download(): Promise<void>;
  chooseTask(task: Task): Promise<void>;
  /** Has it take the place of the visitor's own model; undefined where nothing is learnt any more. */
  take(taught: Taught | undefined): Promise<void>;
  chooseDevice(device: DeviceChoice): Promise<void>;
  speak(language: Language): Promise<void>;
  /** From a link that was opened in this page. */
  follow(link: Partial<Link>): Promise<void>;
}

export function createVisit(state: State, visitor: Visitor, parts: Parts): Visit {
  const { model, playing, wasHere, asksFirst, downloadSize } = visitor;
  const { loader, batches, comparisons, cancel, stopMeasuring, refresh } = parts;
  const player = createPlayer(state);

  return { start, download: load, chooseTask, take, chooseDevice, speak: speakIn, follow };

  async function load(): Promise<void> {
    cancel();
    stopMeasuring();
    if (!(await loader.load())) return;
    player.stop();
    void comparisons.showRivals(state.task.peek());
    // Pasted lines wait for their button; a file may have been dropped while the model loaded.
    if (state.input.peek() === 'one' || state.batch.peek() || state.runs.many.peek()) await refresh();
  }

  /** Who was here before has seen the recorded run, and has most of what the model takes. */
  async function start(link: Partial<Link> = {}): Promise<void> {
    await restore(link);
    if (await wasHere()) await load();
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
    const task = state.task.peek();
    // Whoever teaches says where that begins to download something.
    if (!asksFirst() || task === own) return load();
    try {
      const bytes = await downloadSize(model(task), state.device.peek());
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

  async function take(taught: Taught | undefined): Promise<void> {
    state.taught.value = taught;
    if (state.task.peek() === own) await load();
  }

  function switchTo(task: Task, text?: string): void {
    const { examples } = state.task.peek();
    const isOurs = examples.some((example) => example.text === state.text.peek());
    const waits = state.info.peek() === undefined;
    cancel();
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
      state.why.value = link.why;
      state.map.value = link.map ?? false;
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
