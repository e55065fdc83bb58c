/** The loop on both devices, with the real library and the tiny model. */

import type { Device, Verdict } from '../src/index.js';
import { replay, uniform } from '../src/core/index.js';
import { expect, FIXTURE, test } from './fixtures.js';
import { mixedTexts, SENTENCES } from './texts.js';

const LAST = 3;

/** Whether two verdicts on one text are the same, but for rounding at the threshold, and gates that one was not asked. */
function expectSame(a: Verdict, b: Verdict, speed: number): void {
  const both = a.trajectory.flatMap((one) => b.trajectory.filter(({ exit }) => exit === one.exit).map((other) => [one, other] as const));
  for (const [one, other] of both) {
    one.probabilities.forEach((p, c) => expect(Math.abs(p - other.probabilities[c]!)).toBeLessThan(1e-3));
  }
  const border = [...a.trajectory, ...b.trajectory].some((x) => Math.abs(x.uncertainty - speed) < 1e-3);
  const asked = (verdict: Verdict): string => verdict.trajectory.map(({ exit }) => exit).slice(0, both.length).join();
  if (!border && asked(a) === asked(b)) expect([a.exit, a.label]).toEqual([b.exit, b.label]);
}

for (const device of ['wasm', 'webgpu'] satisfies Device[]) {
  test(`${device}: texts leave where their own trajectory says`, async ({ harness, page }) => {
    const info = await harness.load(FIXTURE, { device, speed: 0.4 });
    expect(info).toMatchObject({ name: 'fixture', device, layers: LAST, maxTokens: 64 });
    const texts = mixedTexts(64);
    const together = await harness.trace(texts, { speed: 0.4 });
    const explored = await harness.trace(texts, { speed: 0.4, mode: 'explore' });

    await test.step('some leave early, some do not, all in the order given', () => {
      const exits = new Set(together.map((verdict) => verdict.exit));
      // On a GPU gates that cost too much are not asked, which on a busy machine may be all but the last.
      if (device === 'wasm') expect(exits.size).toBeGreaterThan(2);
      together.forEach((verdict, i) => {
        expect(verdict.depth).toBe(verdict.exit);
        expect(replay(verdict.trajectory, uniform(0.4, LAST))!.exit).toBe(verdict.exit);
        if (device === 'wasm') expect(verdict.trajectory).toHaveLength(verdict.exit + 1);
        expectSame(verdict, explored[i]!, 0.4);
      });
    });

    await test.step('explore runs all layers and gives the verdict of the speed', () => {
      for (const verdict of explored) {
        expect(verdict.depth).toBe(LAST);
        expect(verdict.trajectory.map((b) => b.exit)).toEqual([0, 1, 2, 3]);
        expect(replay(verdict.trajectory, uniform(0.4, LAST))!.exit).toBe(verdict.exit);
      }
    });

    await test.step('what a text gets does not depend on its neighbours', async () => {
      for (const i of [0, 1, 4, 13, 26, 39]) {
        const [alone] = await harness.trace([texts[i]!], { speed: 0.4 });
        expectSame(alone!, together[i]!, 0.4);
      }
    });

    await test.step('speed 0 runs all layers and only the last exit; speed 1 hardly any', async () => {
      for (const verdict of await harness.trace(SENTENCES, { speed: 0 })) {
        expect(verdict).toMatchObject({ exit: LAST, depth: LAST });
        expect(verdict.trajectory.map((b) => b.exit)).toEqual([LAST]);
      }
      const fastest = await harness.trace(SENTENCES, { speed: 1 });
      if (device === 'wasm') expect(fastest.every((verdict) => verdict.exit === 0)).toBe(true);
      else expect(fastest.every((verdict) => verdict.exit < LAST)).toBe(true);
    });

    await test.step('every text is reported as it leaves, with its times', async () => {
      const events = await page.evaluate(async (wanted) => {
        const seen: { index: number; exit: number; left: boolean }[] = [];
        await fastbert.classify!.trace(wanted, {
          speed: 0.4,
          onExit: ({ index, belief, verdict }) =>
            void seen.push({ index, exit: belief.exit, left: verdict !== undefined }),
        });
        return seen;
      }, SENTENCES);
      SENTENCES.forEach((_, i) => {
        const own = events.filter((event) => event.index === i);
        const asked = own.map((event) => event.exit);
        expect(asked).toEqual(device === 'wasm' ? own.map((_, k) => k) : asked.toSorted((a, b) => a - b));
        expect(own.map((event) => event.left)).toEqual(own.map((_, k) => k === own.length - 1));
      });
      for (const { times, exit } of together) {
        expect(times.steps).toHaveLength(exit + 1);
        const sum = times.tokenize + times.embed + times.compact + times.steps.reduce((a, b) => a + b);
        expect(times.total).toBeCloseTo(sum, 6);
      }
    });

    await test.step('a cancelled call ends between layers, and the next one works', async () => {
      const result = await page.evaluate(async (wanted) => {
        const controller = new AbortController();
        let left = 0;
        const call = fastbert.classify!.trace(wanted, {
          mode: 'explore',
          signal: controller.signal,
          onExit: ({ verdict }) => {
            if (verdict) left++;
            controller.abort();
          },
        });
        const error = await call.then(
          () => 'finished',
          (reason: Error) => reason.name,
        );
        const [next] = await fastbert.classify!.trace(['Fine.']);
        return { error, left, next: next!.label };
      }, mixedTexts(400));
      expect(result.error).toBe('AbortError');
      expect(result.left).toBeLessThan(400);
      expect(result.next).toMatch(/positive|negative/);
    });

    await test.step('a new speed holds from the next gate on', async () => {
      const exits = await page.evaluate(async (wanted) => {
        const classify = fastbert.classify!;
        classify.speed = 1e-9;
        const call = classify.trace(wanted, { onExit: () => (classify.speed = 1) });
        return (await call).map((verdict) => verdict.exit);
      }, mixedTexts(200));
      // The first batch has no open gate, and the second may have begun when its news arrives.
      expect(exits.filter((exit) => exit <= 1).length).toBeGreaterThan(100);
    });

    await test.step('calls made at once do not mix', async () => {
      const results = await page.evaluate(
        (wanted) => Promise.all(wanted.map((part) => fastbert.classify!.trace(part, { speed: 0.4 }))),
        [texts.slice(0, 20), texts.slice(20, 40), texts.slice(40)],
      );
      results.flat().forEach((verdict, i) => expectSame(verdict, together[i]!, 0.4));
    });
  });
}

test('both devices agree on every exit', async ({ harness, page }) => {
  await harness.load(FIXTURE, { device: 'wasm' });
  const texts = mixedTexts(48);
  const wasm = await harness.trace(texts, { mode: 'explore' });
  // Kernels change with the length: ORT's attention does at 32 tokens.
  expect(Math.max(...wasm.map((verdict) => verdict.tokens))).toBeGreaterThan(48);
  await page.evaluate(() => fastbert.classify!.dispose());
  await harness.load(FIXTURE, { device: 'webgpu' });
  const webgpu = await harness.trace(texts, { mode: 'explore' });
  wasm.forEach((verdict, i) => {
    verdict.trajectory.forEach((belief, exit) => {
      // One rounds activations to int8, the other does not.
      const other = webgpu[i]!.trajectory[exit]!;
      expect(Math.abs(belief.probabilities[0]! - other.probabilities[0]!)).toBeLessThan(0.05);
    });
  });
});
