/** Asking why, without a page: what is asked of a scripted pipeline, when, and when it is ended. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ModelInfo, TextOrPair, Verdict } from '../../index.js';
import { changesAt, exitOf } from '../reasons.js';
import { createState, type Run, type Start, type State } from '../state.js';
import { tasks } from '../tasks/index.js';
import { explain } from './explain.js';
import { scriptedPipeline, type Call } from './scripted-pipeline.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

const info = {
  name: 'tiny',
  labels: ['negative', 'positive'],
  problemType: 'single_label_classification',
  calibration: { split: 'dev', n: 1, labels: [1], predictions: [[0], [1], [1]], uncertainties: [[0.9], [0.4], [0.1]] },
} as unknown as ModelInfo;

const trajectory = [0.9, 0.8, 0.7].map((uncertainty, exit) => ({ exit, uncertainty, probabilities: [0.2, 0.8] }));
const plain = { trajectory, depth: 2 } as unknown as Verdict;

/** A verdict of "one two …", each of whose words changes next to nothing. */
function wordy(text: string, change = -0.01): Verdict {
  const parts = Array.from(text.matchAll(/\w+/g), ({ 0: word, index }) => ({
    unit: 'word' as const,
    start: index,
    end: index + word.length,
    exits: trajectory.map(({ exit }) => ({ exit, probability: 0, uncertainty: change, labels: ['positive'] })),
  }));
  return { ...plain, words: { parts, cost: { texts: parts.length, layers: 0, ms: 0 } } };
}

function page(start: Partial<Start> = {}) {
  const state = createState({ task: tasks[0], text: 'one two three', speed: 0.5, device: 'auto', ...start });
  state.loading.value = { status: 'ready', info };
  const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));
  const { pipeline, calls } = scriptedPipeline(info, (verdicts: Verdict[]) => verdicts, settled);
  const until = new AbortController();
  explain(state, () => pipeline, until.signal);
  return { state, calls, until };
}

/** The page has read these texts. */
function read(state: State, texts: TextOrPair[], input: 'one' | 'many' = 'one'): void {
  const run: Run = { samples: texts.map((text) => ({ text, trajectory, verdict: plain })), speed: 0.5, mode: 'explore', layers: 2, labels: info.labels, status: 'done' };
  state.runs[input].value = run;
}

const rest = () => vi.advanceTimersByTimeAsync(500);
const aborted = (calls: readonly Call<Verdict[]>[]) => calls.map(({ options }) => options.signal!.aborted);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a text that was read is read without its words; the next keystroke ends that', async () => {
  const { state, calls } = page();
  await rest();
  expect(calls).toEqual([]);
  read(state, ['one two three']);
  await rest();
  expect(calls).toMatchObject([{ texts: ['one two three'], options: { words: true } }]);
  state.text.value = 'one two three f';
  expect(aborted(calls)).toEqual([true]);
  await rest();
  expect(calls).toHaveLength(1);
  read(state, ['one two three f']);
  await rest();
  expect(calls).toHaveLength(2);
  await calls[1]!.answer([wordy('one two three f')]);
  expect(state.reasons.value).toMatchObject({ text: 'one two three f', model: 'tiny' });
  expect(state.trouble.value).toBeUndefined();
});

test('where no word alone is enough, words are left out by two; another exit asks for no more of the same', async () => {
  const { state, calls } = page();
  read(state, ['one two three']);
  await rest();
  await calls[0]!.answer([wordy('one two three')]);
  await rest();
  expect(calls).toHaveLength(2);
  expect(calls[1]).toMatchObject({ texts: ['three', 'two', 'one'], options: { mode: 'explore' } });
  await calls[1]!.answer([0.3, 0.6, 0.6].map((uncertainty) => ({ ...plain, trajectory: trajectory.map((belief) => ({ ...belief, uncertainty })) })));
  const reasons = state.reasons.value!;
  expect(reasons.pairs.map(({ parts }) => parts)).toEqual([[0, 1], [0, 2], [1, 2]]);
  const changes = changesAt(reasons, exitOf(reasons, state), info.labels);
  expect(changes.filter(({ uncertainty }) => uncertainty < 0.5).map(({ parts }) => parts)).toEqual([[0, 1]]);
  state.focus.value = { layer: 1 };
  await rest();
  expect(calls).toHaveLength(2);
});

test('where one word is enough for both, nothing more is read', async () => {
  const { state, calls } = page();
  read(state, ['one two']);
  state.text.value = 'one two';
  await rest();
  const verdict = wordy('one two', -0.6);
  for (const { exits } of verdict.words!.parts) for (const effect of exits) effect.labels = ['negative'];
  await calls[0]!.answer([verdict]);
  await rest();
  expect(calls).toHaveLength(1);
});

test('of many texts the one in focus is asked about, once the focus rests', async () => {
  const { state, calls } = page({ input: 'many' });
  read(state, ['one', 'two', 'three'], 'many');
  await rest();
  expect(calls).toEqual([]);
  for (const sample of [0, 1, 2]) state.focus.value = { sample };
  await rest();
  expect(calls.map(({ texts }) => texts)).toEqual([['three']]);
  state.focus.value = { sample: 0 };
  expect(aborted(calls)).toEqual([true]);
});

test('who wants texts to stop at their exits does not want all layers for their words', async () => {
  const { state, calls, until } = page({ reallyStop: true });
  read(state, ['one two three']);
  await rest();
  expect(calls).toEqual([]);
  state.reallyStop.value = false;
  await rest();
  expect(calls).toHaveLength(1);
  until.abort();
  expect(aborted(calls)).toEqual([true]);
  state.text.value = 'one';
  read(state, ['one']);
  await rest();
  expect(calls).toHaveLength(1);
});

test('what fails is told, and asked again with the text; another model is asked about the same text', async () => {
  const { state, calls } = page();
  read(state, ['one two three']);
  await rest();
  await calls[0]!.fail(Object.assign(new Error('gone'), { name: 'DownloadError' }));
  expect(state.trouble.value).toEqual({ name: 'DownloadError', message: 'gone' });
  state.busy.value = true;
  state.busy.value = false;
  await rest();
  await calls[1]!.answer([wordy('one two three', -0.6)]);
  state.loading.value = { status: 'loading', loaded: 0, total: 0 };
  state.loading.value = { status: 'ready', info: { ...info, name: 'other' } };
  await rest();
  expect(calls.at(-1)).toMatchObject({ texts: ['one two three'], options: { words: true } });
});

test('what takes long is shown as it comes, and asks for nothing more until it is whole', async () => {
  const { state, calls } = page();
  read(state, ['one two three']);
  await vi.advanceTimersByTimeAsync(0);
  const whole = wordy('one two three');
  const { parts } = whole.words!;
  const soFar = parts.map((part, i) => (i > 0 ? { ...part, exits: [] } : part));
  const told = (some: typeof parts) => calls[0]!.options.onWords!({ index: 0, parts: some });
  told(soFar);
  expect(state.reasons.value).toBeUndefined();
  await rest();
  told(soFar);
  expect(state.reasons.value).toMatchObject({ text: 'one two three', verdict: plain, isWhole: false, words: { parts: soFar } });
  state.focus.value = { word: 0 };
  told(parts);
  expect(state.focus.value.word).toBe(0);
  await rest();
  expect(aborted(calls)).toEqual([false]);
  await calls[0]!.answer([whole]);
  expect(state.reasons.value).toMatchObject({ isWhole: true });
  await rest();
  expect(calls).toHaveLength(2);

  state.text.value = 'one';
  told(soFar);
  expect(state.reasons.value).toMatchObject({ isWhole: true });
});
