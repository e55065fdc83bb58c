import { expect, test } from 'vitest';
import type { TextOrPair } from './contract.js';
import { Share, type Chunk } from './share.js';

const letters = [...'abcdefg'];

/** Answers a chunk with its own texts. */
const echo = (share: Share<TextOrPair>, chunk: Chunk): void => share.answer(chunk, chunk.texts);

test('answers come in the order of the texts, in whichever order chunks are answered', async () => {
  const share = new Share<TextOrPair>(letters);
  const chunks = await Promise.all([share.take(3), share.take(3), share.take(3)]);
  expect(chunks.map((chunk) => [chunk!.start, chunk!.texts.join('')])).toEqual([[0, 'abc'], [3, 'def'], [6, 'g']]);
  for (const chunk of chunks.toReversed()) echo(share, chunk!);
  expect(await share.answers).toEqual(letters);
});

test('who is free sooner takes more', async () => {
  const share = new Share<TextOrPair>(letters);
  const [slow] = [await share.take(1)];
  const taken: number[] = [];
  for (let i = 1; i < letters.length; i++) {
    const chunk = await share.take(1);
    taken.push(chunk!.start);
    echo(share, chunk!);
  }
  expect(taken).toEqual([1, 2, 3, 4, 5, 6]);
  const none = share.take(1);
  echo(share, slow!);
  expect(await none).toBeUndefined();
  expect(await share.answers).toEqual(letters);
});

test('who can do with more at once gets more', async () => {
  const share = new Share<TextOrPair>(letters);
  const chunks = [await share.take(4), await share.take(2), await share.take(Infinity)];
  expect(chunks.map((chunk) => chunk!.texts.join(''))).toEqual(['abcd', 'ef', 'g']);
});

test('a chunk that is put back goes to whoever waits, or to the next who asks, before all others', async () => {
  const share = new Share<TextOrPair>(letters);
  const [first, second] = [await share.take(3), await share.take(3)];
  share.putBack(second!);
  expect(await share.take(3)).toBe(second);
  echo(share, first!);
  echo(share, (await share.take(3))!);
  const waits = share.take(3);
  share.putBack(second!);
  expect(await waits).toBe(second);
  echo(share, second!);
  expect(await share.answers).toEqual(letters);
});

test('a failure ends the call for all: nothing is handed out, and what still comes changes nothing', async () => {
  const share = new Share<TextOrPair>(letters);
  const chunk = await share.take(6);
  const last = await share.take(6);
  const waits = share.take(6);
  share.fail(new Error('first'));
  share.fail(new Error('second'));
  await expect(share.answers).rejects.toThrow('first');
  expect(await waits).toBeUndefined();
  share.putBack(last!);
  expect(await share.take(6)).toBeUndefined();
  echo(share, chunk!);
  echo(share, last!);
  await expect(share.answers).rejects.toThrow('first');
});
