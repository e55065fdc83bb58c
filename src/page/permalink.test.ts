import { expect, test } from 'vitest';
import { readPermalink, writePermalink } from './permalink.js';
import { taskOf, tasks } from './tasks/index.js';

const [task] = tasks;

test('what is written is read again', () => {
  const start = { task: taskOf('clinc150')!, text: 'a & b = 50 %\n“ç” #1 🙂', speed: 0.35, device: 'wasm' as const };
  expect(readPermalink(writePermalink(start))).toEqual(start);
});

test('an empty text is a text; auto is left unsaid', () => {
  const hash = writePermalink({ task, text: '', speed: 0, device: 'auto' });
  expect(hash).toBe('#text=&speed=0');
  expect(readPermalink(hash)).toEqual({ text: '', speed: 0 });
});

test('text too long for a link stays out of it', () => {
  expect(readPermalink(writePermalink({ task, text: 'x'.repeat(2001), speed: 1, device: 'auto' }))).toEqual({ speed: 1 });
});

test('half a surrogate pair does not break it', () => {
  expect(readPermalink(writePermalink({ task, text: 'a\ud83d', speed: 1, device: 'auto' })).text).toBe('a\ufffd');
});

test.each(['', '#', '#speed=', '#speed=2', '#speed=-0.1', '#speed=fast', '#device=tpu', '#task=chess', '#speed=NaN'])(
  '%j says nothing',
  (hash) => {
    expect(readPermalink(hash)).toEqual({});
  },
);
