import { expect, test } from 'vitest';
import { examples } from './examples.js';
import { tooLittle } from './too-little.js';

test.each(examples)('$id is enough to begin with: each text once, some wait for a label, and one is to be tried', ({ texts, unlabelled, tries }) => {
  const labels = [...new Set(texts.map(([label]) => label))];
  expect(labels).toHaveLength(3);
  expect(tooLittle(labels, texts.map(([label, text], id) => ({ id, text, label })))).toBeUndefined();
  const all = [...texts.map(([, text]) => text), ...unlabelled, tries];
  expect(new Set(all).size).toBe(all.length);
  expect(unlabelled.length).toBeGreaterThan(3);
});
