import { expect, test, vi } from 'vitest';
import { opening } from './story.js';
import { en } from './words/en.js';
import { zh } from './words/zh.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../index.js', () => ({}));

const cues = ({ story }: typeof en) =>
  story.steps.map(({ body }) => body.flatMap((part) => (typeof part === 'string' ? [] : [part[1]])).toSorted());

test('six steps at most, in every language with the same words to press', () => {
  expect(en.story.steps.length).toBeLessThanOrEqual(6);
  expect(cues(zh)).toEqual(cues(en));
});

test('each step begins with what it speaks of', () => {
  cues(en).forEach((pressed, step) => expect([...pressed, 'middleSpeed']).toContain(opening(step)));
});
