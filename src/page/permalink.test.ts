import { expect, test, vi } from 'vitest';
import { linkOf, readPermalink, writePermalink, type Link } from './permalink.js';
import { createState } from './state.js';
import { EVERYTHING } from './stream-view.js';
import { taskOf, tasks } from './tasks/index.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../index.js', () => ({}));

const [task] = tasks;

test('what is written is read again, all of it', () => {
  const link: Link = {
    task: taskOf('clinc150')!,
    input: 'many',
    text: 'a & b = 50 %\n“ç” #1 🙂',
    second: '',
    lines: 'one\ntwo',
    ours: 'none of the 150',
    speed: 0.35,
    reallyStop: true,
    device: 'wasm',
    view: { sort: 'exit', descending: true, contains: 'a=b', only: 'disagree', label: 0, exit: 3 },
    exit: 0,
    beside: taskOf('ag_news')!,
    focus: { sample: 0, layer: 6 },
    step: 0,
    why: 'inside',
    map: true,
    language: 'zh',
  };
  expect(readPermalink(writePermalink(link))).toEqual(link);
});

test('what is usual is left unsaid; an empty text is a text', () => {
  const state = createState({ task, text: '', speed: 0, device: 'auto' });
  const hash = writePermalink(linkOf(state, 'en'));
  expect(hash).toBe('#text=&speed=0');
  expect(readPermalink(hash)).toEqual({ text: '', speed: 0 });
});

test('a page made from a link is the page that wrote it', () => {
  const link = { task, text: 'a', second: 'b', speed: 0.2, device: 'wasm' as const, step: 2, exit: 1, reallyStop: true };
  const state = createState(link);
  expect(readPermalink(writePermalink(linkOf(state, 'en')))).toEqual({ ...link, task: undefined });
  const many = createState({ ...link, input: 'many', lines: 'x\ny', view: { ...EVERYTHING, only: 'wrong' } });
  expect(readPermalink(writePermalink(linkOf(many, 'zh')))).toMatchObject({ lines: 'x\ny', view: { only: 'wrong' }, language: 'en' });
});

test('text too long for a link stays out of it', () => {
  expect(readPermalink(writePermalink({ task, text: 'x'.repeat(2001), speed: 1 }))).toEqual({ speed: 1 });
});

test('half a surrogate pair does not break it', () => {
  expect(readPermalink(writePermalink({ task, text: 'a\ud83d' })).text).toBe('a\ufffd');
});

const nothing =
  ' # #speed= #speed=2 #speed=-0.1 #speed=fast #device=tpu #task=chess #speed=NaN #sort=colour #only=me #left=-1 ' +
  '#layer=1.5 #sample=1e9 #step=0 #lang=tlh #input=all';

test.each(nothing.split(' '))('%j says nothing', (hash) => expect(readPermalink(hash)).toEqual({}));
