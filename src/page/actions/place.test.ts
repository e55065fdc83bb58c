/** Placing texts on a map, without a page: what is read for it, when, and when that is ended. */

import { expect, test, vi } from 'vitest';
import type { ModelInfo, Verdict } from '../../index.js';
import { project } from '../projection.js';
import { createState, type Run, type State } from '../state.js';
import { tasks } from '../tasks/index.js';
import { isOf, place } from './place.js';
import { scriptedPipeline } from './scripted-pipeline.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

const info = {
  name: 'tiny',
  labels: ['negative', 'positive'],
  calibration: { split: 'dev', n: 1, labels: [1], predictions: [[0], [1], [1]], uncertainties: [[0.9], [0.4], [0.1]] },
} as unknown as ModelInfo;

const settled = () => new Promise<void>((done) => void setTimeout(done));

function page() {
  const state = createState({ task: tasks[0], text: '', speed: 0.5, device: 'auto', input: 'many' });
  state.loading.value = { status: 'ready', info };
  const { pipeline, calls } = scriptedPipeline(info, (states: number[][]) => states.map((numbers) => ({ state: Float32Array.from(numbers) }) as unknown as Verdict), settled);
  const until = new AbortController();
  place(state, () => pipeline, async ({ rows, size }) => project(rows, size), until.signal);
  return { state, calls, until };
}

function read(state: State, texts: string[], speed = 0.5, status: Run['status'] = 'done'): Run {
  const run: Run = { samples: texts.map((text) => ({ text, trajectory: [] })), speed, mode: 'fast', layers: 2, labels: info.labels, status };
  state.runs.many.value = run;
  return run;
}

test('a run that is done is read once more at its speed, for its states, and each text has its place', async () => {
  const { state, calls } = page();
  read(state, ['a', 'b', 'c'], 0.3, 'running');
  expect(calls).toEqual([]);
  const run = read(state, ['a', 'b', 'c'], 0.3);
  expect(calls).toMatchObject([{ texts: ['a', 'b', 'c'], options: { speed: 0.3, state: true } }]);
  await calls[0]!.answer([[0, 0, 1], [4, 0, 1], [2, 0, 1]]);
  const places = state.places.value!;
  expect(isOf(places, run, 'tiny')).toBe(true);
  expect(Array.from(places.points, Math.round)).toEqual([-2, 0, 2, 0, 0, 0]);
  expect(places.shares[0]).toBeCloseTo(1);
  // The same texts at the same speed have their places already.
  read(state, ['a', 'b', 'c'], 0.3);
  expect(calls).toHaveLength(1);
});

test('another speed, other texts or another model place anew, and end what was begun', async () => {
  const { state, calls } = page();
  read(state, ['a', 'b']);
  const run = read(state, ['a', 'b'], 0.8);
  expect(calls.map(({ options }) => [options.speed, options.signal!.aborted])).toEqual([[0.5, true], [0.8, false]]);
  await calls[1]!.answer([[0, 1], [1, 0]]);
  expect(isOf(state.places.value, run, 'tiny')).toBe(true);
  expect(isOf(state.places.value, run, 'other')).toBe(false);
  read(state, ['a', 'c'], 0.8);
  expect(calls).toHaveLength(3);
  state.busy.value = true;
  expect(calls[2]!.options.signal!.aborted).toBe(true);
  expect(state.trouble.value).toBeUndefined();
});

test('what fails is told; closed, it stops', async () => {
  const { state, calls, until } = page();
  read(state, ['a', 'b']);
  await calls[0]!.fail(Object.assign(new Error('gone'), { name: 'WorkerError' }));
  expect(state.trouble.value).toEqual({ name: 'WorkerError', message: 'gone' });
  read(state, ['a', 'b', 'c']);
  until.abort();
  expect(calls[1]!.options.signal!.aborted).toBe(true);
  read(state, ['d']);
  expect(calls).toHaveLength(2);
});

test('no text is no place and no fault', async () => {
  const { state, calls } = page();
  read(state, []);
  await calls[0]?.answer([]);
  expect(state.trouble.value).toBeUndefined();
});
