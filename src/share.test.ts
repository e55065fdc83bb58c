import { expect, test } from 'vitest';
import { Share, type Chunk } from './share.js';

const letters = [...'abcdefg'];

/** Answers a chunk with its own texts. */
const echo = (share: Share<string>, chunk: Chunk): void => share.answer(chunk, chunk.texts);

test('answers come in the order of the texts, in whichever order chunks are answered', async () => {
  const share = new Share<string>(letters, 3);
  expect(share.chunks).toBe(3);
  const chunks = await Promise.all([share.take(), share.take(), share.take()]);
  expect(chunks.map((chunk) => [chunk!.start, chunk!.texts.join('')])).toEqual([[0, 'abc'], [3, 'def'], [6, 'g']]);
  for (const chunk of chunks.toReversed()) echo(share, chunk!);
  expect(await share.answers).toEqual(letters);
});

test('who is free sooner takes more', async () => {
  const share = new Share<string>(letters, 1);
  const [slow] = [await share.take()];
  const taken: number[] = [];
  for (let i = 1; i < letters.length; i++) {
    const chunk = await share.take();
    taken.push(chunk!.start);
    echo(share, chunk!);
  }
  expect(taken).toEqual([1, 2, 3, 4, 5, 6]);
  const none = share.take();
  echo(share, slow!);
  expect(await none).toBeUndefined();
  expect(await share.answers).toEqual(letters);
});

test('a chunk that is put back goes to whoever waits, or to the next who asks, before all others', async () => {
  const share = new Share<string>(letters, 3);
  const [first, second] = [await share.take(), await share.take()];
  share.putBack(second!);
  expect(await share.take()).toBe(second);
  echo(share, first!);
  echo(share, (await share.take())!);
  const waits = share.take();
  share.putBack(second!);
  expect(await waits).toBe(second);
  echo(share, second!);
  expect(await share.answers).toEqual(letters);
});

test('a failure ends the call for all: nothing is handed out, and what still comes changes nothing', async () => {
  const share = new Share<string>(letters, 6);
  const chunk = await share.take();
  const last = await share.take();
  const waits = share.take();
  share.fail(new Error('first'));
  share.fail(new Error('second'));
  await expect(share.answers).rejects.toThrow('first');
  expect(await waits).toBeUndefined();
  share.putBack(last!);
  expect(await share.take()).toBeUndefined();
  echo(share, chunk!);
  echo(share, last!);
  await expect(share.answers).rejects.toThrow('first');
});
