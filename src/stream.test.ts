import { expect, test } from 'vitest';
import type { TextOrPair, Verdict } from './contract.js';
import type { StreamOptions } from './options.js';
import { CHUNK } from './share.js';
import { stream } from './stream.js';

const pause = (): Promise<void> => new Promise((done) => setTimeout(done));

/** Answers with the texts themselves, after a while; tells of each call. */
function scripted() {
  const calls: { texts: TextOrPair[]; options: StreamOptions }[] = [];
  const classify = async (texts: TextOrPair[], options: StreamOptions): Promise<Verdict[]> => {
    calls.push({ texts, options });
    await pause();
    options.signal?.throwIfAborted();
    return texts.map((text) => ({ label: text }) as Verdict);
  };
  return { calls, classify };
}

async function* letters(count: number, state: { read: number; closed: boolean } = { read: 0, closed: false }) {
  try {
    for (; state.read < count; state.read++) yield String(state.read);
  } finally {
    state.closed = true;
  }
}

async function labelsOf(verdicts: AsyncIterable<Verdict>): Promise<string[]> {
  const labels: string[] = [];
  for await (const { label } of verdicts) labels.push(label);
  return labels;
}

test('verdicts come in the order of the texts, the first text alone, those that came meanwhile together', async () => {
  const { calls, classify } = scripted();
  const labels = await labelsOf(stream(classify, letters(400), { speed: 0.3 }));
  expect(labels).toEqual(Array.from({ length: 400 }, (_, i) => String(i)));
  expect(calls[0]).toMatchObject({ texts: ['0'], options: { speed: 0.3 } });
  expect(Math.max(...calls.map(({ texts }) => texts.length))).toBe(4 * CHUNK);
});

test('an array will do; nothing gives nothing', async () => {
  const { classify } = scripted();
  expect(await labelsOf(stream(classify, ['a', 'b'], {}))).toEqual(['a', 'b']);
  expect(await labelsOf(stream(classify, [], {}))).toEqual([]);
});

test('no more is read than verdicts are taken, but for what one call and one window hold', async () => {
  const { classify } = scripted();
  const state = { read: 0, closed: false };
  const verdicts = stream(classify, letters(10_000, state), {});
  await verdicts.next();
  for (let i = 0; i < 20; i++) await pause();
  expect(state.read).toBeLessThanOrEqual(2 * 4 * CHUNK + 2);
  await verdicts.return();
  expect(state.closed).toBe(true);
});

test('a source that waits is answered before it goes on', async () => {
  const { classify } = scripted();
  let goOn = (): void => {};
  async function* slow() {
    yield 'first';
    await new Promise<void>((done) => (goOn = done));
    yield 'second';
  }
  const verdicts = stream(classify, slow(), {});
  expect((await verdicts.next()).value).toEqual({ label: 'first' });
  goOn();
  expect((await verdicts.next()).value).toEqual({ label: 'second' });
  expect((await verdicts.next()).done).toBe(true);
});

test('a source that fails fails the stream, once the texts before are answered', async () => {
  const { classify } = scripted();
  async function* broken() {
    yield 'a';
    yield 'b';
    throw new Error('the file ends here');
  }
  const labels: string[] = [];
  const reading = (async () => {
    for await (const { label } of stream(classify, broken(), {})) labels.push(label);
  })();
  await expect(reading).rejects.toThrow('the file ends here');
  expect(labels).toEqual(['a', 'b']);
});

test('a signal ends it, also while the source has nothing; the call that runs is cancelled', async () => {
  const { calls, classify } = scripted();
  const controller = new AbortController();
  const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
  const reading = labelsOf(stream(classify, never, { signal: controller.signal }));
  await pause();
  controller.abort(new Error('enough'));
  await expect(reading).rejects.toThrow('enough');

  async function* silent() {
    yield 'a';
    await new Promise(() => {});
  }
  const again = new AbortController();
  const listening = labelsOf(stream(classify, silent(), { signal: again.signal }));
  await pause();
  again.abort(new Error('enough'));
  await expect(listening).rejects.toThrow('enough');

  const running = stream(classify, letters(10), {});
  await running.next();
  const { signal } = calls.at(-1)!.options;
  await running.return();
  expect(signal!.aborted).toBe(true);
});
