import { expect, test } from 'vitest';
import { cardsOf } from './cards.js';

const labels = ['order', 'complaint', 'empty'];
const texts = [
  ['order', 'Two mugs'],
  ['complaint', 'A broken Mug'],
  ['order', 'A lamp'],
  [undefined, 'What is it?'],
].map(([label, text], id) => ({ id, text: text!, label }));
const plain = (sought?: string) => cardsOf(labels, texts, sought).map(({ label, texts: mine, count }) => [label, mine.map(({ text }) => text), count]);

test('each label with its texts, the newest first; those without a label last', () => {
  expect(plain()).toEqual([
    ['order', ['A lamp', 'Two mugs'], 2],
    ['complaint', ['A broken Mug'], 1],
    ['empty', [], 0],
    [undefined, ['What is it?'], 1],
  ]);
  expect(cardsOf(['a'], [])).toEqual([{ label: 'a', texts: [], count: 0 }]);
});

test('what is sought is a label, or stands in texts, in capitals or not', () => {
  expect(plain(' mug ')).toEqual([
    ['order', ['Two mugs'], 2],
    ['complaint', ['A broken Mug'], 1],
  ]);
  expect(plain('Order')).toEqual([['order', ['A lamp', 'Two mugs'], 2]]);
  expect(plain('empt')).toEqual([['empty', [], 0]]);
  expect(plain('nowhere')).toEqual([]);
});
