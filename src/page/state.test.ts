import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createState } from './state.js';
import { tasks } from './tasks/index.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../index.js', () => ({}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what waits for the slider to rest stays while it moves, and is then what followed it', async () => {
  const state = createState({ task: tasks[0], text: '', speed: 0.1, device: 'auto' });
  const trajectory = [0.9, 0.5, 0.05].map((uncertainty, exit) => ({ exit, uncertainty, probabilities: [0.5, 0.5] }));
  state.runs.one.value = { samples: [{ text: 'a', trajectory }], speed: 0.1, mode: 'explore', layers: 2, labels: ['-', '+'], status: 'done' };
  const exits = () => [state.outcomes, state.rested.outcomes].map(({ value }) => value[0]?.belief?.exit);
  expect(exits()).toEqual([2, 2]);
  for (const [speed, exit] of [[0.6, 1], [0.95, 0]] as const) {
    state.speed.value = speed;
    await vi.advanceTimersByTimeAsync(150);
    expect(exits()).toEqual([exit, 2]);
  }
  await vi.advanceTimersByTimeAsync(50);
  expect(exits()).toEqual([0, 0]);
  expect(state.rested.outcomes.value).toBe(state.outcomes.value);
  expect(state.rested.speed.value).toBe(0.95);
});
