import { expect, test } from 'vitest';
import type { Manifest } from '../src/core/manifest.js';
import { beliefsOf, type Reading } from './stage.js';

const manifest = { problem_type: 'single_label_classification', uncertainty_classes: 2 } as Manifest;
const reading = (rows: number, ...logits: number[]): Reading => ({ rows, read: async () => Float32Array.from(logits) });
const fault = (what: string): Error => new Error(what);

test('each row has its own logits', async () => {
  const beliefs = await beliefsOf(reading(2, 3, 0, 0, 3), 1, manifest, fault);
  expect(beliefs.map(({ exit, probabilities: [first] }) => [exit, first! > 0.5])).toEqual([
    [1, true],
    [1, false],
  ]);
});

test.each([NaN, Infinity, -Infinity])('%d is no answer, of whichever text', async (logit) => {
  await expect(beliefsOf(reading(2, 3, 0, 1, logit), 2, manifest, fault)).rejects.toThrow(`Exit 2 answered with what is no number (${logit})`);
});
