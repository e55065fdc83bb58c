import { expect, test } from 'vitest';
import type { TextClassificationPipeline, TraceOptions, Verdict } from '../../index.js';
import { measure } from './measure.js';

/** A pipeline whose texts run fewer layers the faster they are asked to. */
function scripted(calls: [string, number][]): Pick<TextClassificationPipeline, 'trace' | 'info'> {
  return {
    info: { name: 'tiny', device: 'wasm', deviceDescription: 'SIMD', gpu: { description: 'a GPU' } } as TextClassificationPipeline['info'],
    trace: async ([text], { speed, signal }: TraceOptions = {}) => {
      signal?.throwIfAborted();
      calls.push([String(text), speed!]);
      return [{ depth: Math.round(6 * (1 - speed!)), device: text === 'long' ? 'webgpu' : 'wasm' } as Verdict];
    },
  };
}

test('every text runs as often at every speed, each of them first in its turn', async () => {
  const calls: [string, number][] = [];
  const shares: number[] = [];
  const { speeds, rounds, texts, model } = await measure(scripted(calls), ['a', 'b'], {
    signal: new AbortController().signal,
    progress: (share) => shares.push(share),
  });
  expect([rounds, texts, model]).toEqual([20, 2, 'tiny']);
  expect(calls).toHaveLength(21 * 2 * 5); // a round to warm up
  expect(new Set(calls.filter((_, i) => i % 5 === 0).map(([, speed]) => speed)).size).toBe(5);
  expect(speeds.map(({ speed, layers }) => [speed, layers])).toEqual([[0, 6], [0.1, 5], [0.3, 4], [0.5, 3], [0.8, 1]]);
  expect(speeds[0]).toMatchObject({ ratio: 1, interval: [1, 1] });
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('it says where the texts ran', async () => {
  const on = async (...texts: string[]) => {
    const { device, deviceDescription } = await measure(scripted([]), texts, { signal: new AbortController().signal, progress: () => {} });
    return [device, deviceDescription];
  };
  expect(await on('short')).toEqual(['wasm', 'SIMD']);
  expect(await on('long')).toEqual(['webgpu', 'a GPU']);
  expect((await on('short', 'long'))[0]).toBe('auto');
});

test('it ends when it is told to', async () => {
  const controller = new AbortController();
  const running = measure(scripted([]), ['a'], { signal: controller.signal, progress: (share) => share > 0.2 && controller.abort() });
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});
