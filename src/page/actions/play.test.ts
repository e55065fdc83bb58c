import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createState } from '../state.js';
import { tasks } from '../tasks/index.js';
import { createPlayer } from './play.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../../index.js', () => ({}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const page = () => createState({ task: tasks[0], text: '', speed: 0.5, device: 'auto' });

test('a recorded run grows layer by layer, sentence by sentence, and is said to be recorded', async () => {
  const state = page();
  void createPlayer(state).play(false);
  await vi.waitFor(() => expect(state.run.value).toBeDefined());
  const steps: number[] = [];
  do {
    const { samples } = state.run.value!;
    steps.push(samples.reduce((all, { trajectory }) => all + trajectory.length, 0));
    await vi.advanceTimersToNextTimerAsync();
  } while (state.run.value!.status === 'running');
  const all = 4 * 7;
  expect(steps).toEqual(Array.from({ length: all }, (_, i) => i + 1));
  expect(state.run.value!.recordedOn).toMatch(/WASM/);
  expect(state.outcomes.value.every(({ belief }) => belief)).toBe(true);
  expect(state.leaving.value).toMatchObject({ whose: 'recorded', tally: { n: 4 } });
  state.speed.value = 0.1;
  expect(state.replayed.value).toBe(false);
});

test('where nothing is to move, all of it is there at once', async () => {
  const state = page();
  await createPlayer(state).play(true);
  expect(state.run.value).toMatchObject({ status: 'done' });
});

test('it makes room for a text of the visitor', async () => {
  const state = page();
  const player = createPlayer(state);
  void player.play(false);
  await vi.waitFor(() => expect(state.run.value).toBeDefined());
  player.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(state.run.value).toBeUndefined();
  expect(state.focus.value).toEqual({});
});
