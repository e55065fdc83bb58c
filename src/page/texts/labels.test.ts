import { expect, test } from 'vitest';
import type { ModelInfo } from '../../index.js';
import { resolveLabels } from './labels.js';

const model: Pick<ModelInfo, 'labels' | 'problemType' | 'textPair'> = {
  labels: ['negative', 'positive'],
  problemType: 'single_label_classification',
  textPair: false,
};

test('labels are names in any case, or numbers, or absent', () => {
  const texts = ['Positive', '0', undefined].map((label, i) => ({ text: 'x', label, line: i + 1 }));
  expect(resolveLabels(texts, model)).toEqual([{ text: 'x', gold: [1] }, { text: 'x', gold: [0] }, { text: 'x' }]);
});

test('where classes are named by digits, the name goes before the number', () => {
  expect(resolveLabels([{ text: 'x', label: '1', line: 1 }], { ...model, labels: ['1', '2'] })[0]!.gold).toEqual([0]);
});

test('a label of another model is refused at its line', () => {
  expect(() => resolveLabels([{ text: 'x', label: 'sports', line: 7 }], model)).toThrow(
    /Line 7 .*“sports”.*negative, positive.*0 to 1/,
  );
});

test('a model of pairs takes pairs, and lines with a tab between two texts', () => {
  const pairs = { ...model, textPair: true };
  const pair = { text: 'a', text_pair: 'b' };
  expect(resolveLabels([{ text: pair, label: '1', line: 2 }, { text: 'a\t b ', line: 3, plain: true }], pairs)).toEqual([{ text: pair, gold: [1] }, { text: { text: 'a', text_pair: ' b ' } }]);
  for (const text of ['a', 'a\t ', 'a\tb\tc']) {
    expect(() => resolveLabels([{ text, line: 5, plain: true }], pairs)).toThrow(/Line 5 is no pair.*“text_pair”.*a tab between/);
  }
  // A tab in a cell of a table is one of the text.
  expect(() => resolveLabels([{ text: 'a\tb', line: 5 }], pairs)).toThrow(/Line 5 is no pair/);
  expect(() => resolveLabels([{ text: pair, line: 2 }], model)).toThrow(/Line 2 is a pair.*single texts/);
  expect(resolveLabels([{ text: 'a\tb', line: 1 }], model)).toEqual([{ text: 'a\tb' }]);
});

test('for a multi-label model a text may have several, each once', () => {
  const several = { ...model, problemType: 'multi_label_classification' } as const;
  expect(resolveLabels([{ text: 'x', label: 'positive|0', line: 1 }], several)).toEqual([{ text: 'x', gold: [0, 1] }]);
  expect(resolveLabels([{ text: 'x', label: '0|positive|negative|1|', line: 1 }], several)).toEqual([{ text: 'x', gold: [0, 1] }]);
  expect(() => resolveLabels([{ text: 'x', label: '0|odd', line: 2 }], several)).toThrow(/Line 2 .*“0\|odd”/);
});
