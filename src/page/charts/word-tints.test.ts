import { expect, test } from 'vitest';
import { piecesOf, tintsOf, type Piece } from './word-tints.js';

const written = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

test('a text is cut at its parts, and nothing of it is lost', () => {
  const text = '“Not bad”, at all!';
  const pieces = piecesOf(text, [{ start: 1, end: 4, part: 0 }, { start: 5, end: 8, part: 1 }, { start: 14, end: 17, part: 2 }]);
  expect(pieces.map((piece) => [piece.text, piece.part])).toEqual([
    ['“', undefined], ['Not', 0], [' ', undefined], ['bad', 1], ['”, at ', undefined], ['all', 2], ['!', undefined],
  ]);
  expect(written(pieces)).toBe(text);
  expect(piecesOf(text, [])).toEqual([{ text, within: [] }]);
  expect(piecesOf('', [])).toEqual([]);
});

test('words of a sentence lie in it', () => {
  const text = 'So. It is bad. Yes.';
  const pieces = piecesOf(text, [
    { start: 0, end: 3, part: 0 },
    { start: 4, end: 14, part: 1 }, { start: 4, end: 6, part: 2 }, { start: 10, end: 13, part: 3 },
    { start: 15, end: 19, part: 4 },
  ]);
  expect(written(pieces)).toBe(text);
  expect(pieces.map(({ part }) => part)).toEqual([0, undefined, 1, undefined, 4]);
  expect(pieces[2]!.within.map((piece) => [piece.text, piece.part])).toEqual([['It', 2], [' is ', undefined], ['bad', 3], ['.', undefined]]);
});

test('of what the model did not reach only the beginning is shown', () => {
  const pieces = piecesOf(`word ${'x'.repeat(100_000)}`, [{ start: 0, end: 4, part: 0 }]);
  expect(written(pieces).length).toBeLessThan(200);
  expect(written(pieces).endsWith('x…')).toBe(true);
});

test('the strongest change has full strength, what hardly changes anything is plain', () => {
  expect(tintsOf([-0.5, 0.25, 0.001, 0])).toEqual([
    { strength: 1, falls: true }, { strength: 0.5, falls: false }, { strength: 0, falls: false }, { strength: 0, falls: false },
  ]);
  expect(tintsOf([])).toEqual([]);
});

test('where no change is large, none looks large', () => {
  const [one] = tintsOf([-0.02, 0.01]);
  expect(one!.strength).toBeCloseTo(0.2);
});
