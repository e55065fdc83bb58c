import { expect, test } from 'vitest';
import { logitsOf, type Reading } from './stage.js';

const reading = (rows: number, ...logits: number[]): Reading => ({ rows, read: async () => Float32Array.from(logits) });
const fault = (what: string): Error => new Error(what);

test('each row has its own logits', async () => {
  expect(await logitsOf(reading(2, 3, 0, 0, 4), 1, fault)).toEqual([Float32Array.of(3, 0), Float32Array.of(0, 4)]);
});

test.each([NaN, Infinity, -Infinity])('%d is no answer, of whichever text', async (logit) => {
  await expect(logitsOf(reading(2, 3, 0, 1, logit), 2, fault)).rejects.toThrow(`Exit 2 answered with what is no number (${logit})`);
});
