import { expect, test } from 'vitest';
import { ownIn } from './words.js';

/** Everything that some words say. */
function said(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part === 'function') return [String((part as (...all: number[]) => unknown)(1, 2, 3))];
  return Object.values(part as object).flatMap(said);
}

test('Chinese says everything, and nothing of it in English', () => {
  const [english, chinese] = [said(ownIn.en), said(ownIn.zh)];
  expect(chinese.length).toBe(english.length);
  expect(chinese.filter((one, i) => one === english[i])).toEqual([]);
});

test('counts are singular for one only', () => {
  expect([ownIn.en.added(1, 0), ownIn.en.added(2, 1), ownIn.en.added(0, 3)]).toEqual([
    '1 text added.',
    '2 texts added; 1 was there already.',
    '0 texts added; 3 were there already.',
  ]);
});
