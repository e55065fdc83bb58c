import { expect, test } from 'vitest';
import { resolveLabels } from './labels.js';

const names = ['negative', 'positive'];

test('labels are names in any case, or numbers, or absent', () => {
  const texts = ['Positive', '0', undefined].map((label, i) => ({ text: 'x', label, line: i + 1 }));
  expect(resolveLabels(texts, names)).toEqual([{ text: 'x', gold: 1 }, { text: 'x', gold: 0 }, { text: 'x' }]);
});

test('where classes are named by digits, the name goes before the number', () => {
  expect(resolveLabels([{ text: 'x', label: '1', line: 1 }], ['1', '2'])[0]!.gold).toBe(0);
});

test('a label of another model is refused at its line', () => {
  expect(() => resolveLabels([{ text: 'x', label: 'sports', line: 7 }], names)).toThrow(
    /Line 7 .*“sports”.*negative, positive.*0 to 1/,
  );
});
