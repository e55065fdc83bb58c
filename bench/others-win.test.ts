import { expect, test } from 'vitest';
import { othersWin } from './others-win.js';

const figures = (ms: number, accuracy?: number) => ({ cost: ms, accuracy });

test('who is faster and no less accurate is told apart from who is only one of them', () => {
  const row = (name: string, ms: number, accuracy: number) => ({ name, ...figures(ms, accuracy) });
  const rows = [row('transformers.js q8', 20, 0.93), row('2 layers, static', 5, 0.9), row('speed 0', 15, 0.92), row('speed 0.5', 4, 0.91), row('speed 0.8', 6, 0.9)];
  expect(othersWin([{ entries: rows }])).toEqual([
    '*transformers.js q8*: more accurate than speed 0, speed 0.5, speed 0.8.',
    '*2 layers, static*: faster and no less accurate than speed 0.8; faster than speed 0.',
  ]);
});

test('several columns: those are named in which it is so, unless it is so in all', () => {
  const column = (at: string, session: number, zero: number, half: number) => ({
    at,
    entries: [
      { name: 'one session', ...figures(session) },
      { name: 'speed 0', ...figures(zero) },
      { name: 'speed 0.5', ...figures(half) },
    ],
  });
  expect(othersWin([column('8 tokens', 1, 2, 0.5), column('16 tokens', 2, 3, 2.5)])).toEqual([
    '*one session*: faster than speed 0, speed 0.5 (16 tokens).',
  ]);
});

test('nobody wins: nothing to tell', () => {
  const entries = [
    { name: 'transformers.js q8', ...figures(3, 0.9) },
    { name: 'speed 0', ...figures(3, 0.9) },
  ];
  expect(othersWin([{ entries }])).toEqual([]);
});
