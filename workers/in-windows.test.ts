/** The loop on texts that are read in windows, with the tiny model on WASM: each window is what its slice is alone, and they are added up. */

import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { ClassifyRequest, ExitEvent, Verdict } from '../src/contract.js';
import { uncertainty } from '../src/core/entropy.js';
import { uniform } from '../src/core/gate.js';
import type { Manifest, Part } from '../src/core/manifest.js';
import type { Shards } from '../src/files/shards.js';
import { Call } from './call.js';
import { classify } from './classify.js';
import { Package } from './package.js';
import { WasmModel } from './wasm/wasm-model.js';

const FOLDER = new URL('../e2e/models/fixture/', import.meta.url);
const MAX_TOKENS = 12;
const WINDOWS = 6;
const GRAMS = 'grams.bin';

/** Of every piece and pair something. */
function grams(pieces: number, bits: number): ArrayBuffer {
  const rows = pieces + 2 ** bits;
  const scale = Math.ceil(rows / 64) * 64;
  const shard = new ArrayBuffer(scale + 4);
  new Int8Array(shard, 0, rows).forEach((_, i, table) => (table[i] = ((i * 37) % 11) - 5));
  new Float32Array(shard, scale, 1).set([0.05]);
  return shard;
}

async function open(windows: number | undefined, hasGrams = true): Promise<WasmModel> {
  const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  const { windows: _, ...manifest } = json('manifest.json') as Manifest;
  const table = grams(manifest.architecture.vocab_size, 4);
  const ngrams = { ...manifest.exits[0]!, file: GRAMS, bytes: table.byteLength, bits: 4 };
  const bytes = (file: string): ArrayBuffer => (file === GRAMS ? table : Uint8Array.from(readFileSync(new URL(file, FOLDER))).buffer);
  const shards = {
    manifest: async () => ({ ...manifest, max_tokens: windows ? MAX_TOKENS : manifest.max_tokens, ...(hasGrams && { ngrams }), ...(windows && { windows }) }),
    keepManifest: async () => {},
    json: async ({ file }: Part) => json(file),
    files: async (parts: Part[]) => parts.map(({ file }) => bytes(file)),
  };
  return WasmModel.open(await Package.open(shards as unknown as Shards));
}

let [model, ordinary] = [] as unknown as [WasmModel, WasmModel];
beforeAll(async () => {
  model = await open(WINDOWS);
  ordinary = await open(undefined);
});

interface Asked {
  speed?: number;
  mode?: ClassifyRequest['mode'];
  on?: WasmModel;
  events?: ExitEvent[];
}

function read(texts: string[], { speed = 0.5, mode = 'explore', on = model, events = [] }: Asked = {}): Promise<Verdict[]> {
  const layers = on.stages.length - 1;
  const call = new Call({ pipeline: 0, call: 0, texts, thresholds: uniform(speed, layers), mode, states: true, stream: true }, (event) => events.push(event));
  return classify(on, call, texts.map((text, index) => on.pkg.tokenizer.tokenize(text, index)));
}

const LONG = 'The plot is thin and the jokes are old. Somehow I left the cinema smiling! Not the disaster that everyone had promised. I would watch it again.';
const SHORT = ['Dull.', 'A gripping, funny film.', 'It is not good.'];
const UNREADABLE = '😍 😍 😍 😍 😍 😍 😍 😍 😍\n';

/** A lead of the second of two labels, as its logit is ahead. */
const lead = ([no, yes]: readonly number[]): number => Math.log(yes! / no!);
const slicesOf = (text: string, { windows }: Verdict): string[] => windows!.map(({ start, end }) => text.slice(start, end));
const untimed = ({ times: _, ...verdict }: Verdict): Omit<Verdict, 'times'> => verdict;

test('a text of several windows is at every exit what is said of them alone, added up', async () => {
  const [long] = await read([LONG]);
  const slices = slicesOf(LONG, long!);
  expect(slices.length).toBeGreaterThan(2);
  expect(slices.join('')).toBe(LONG);
  const alone = await read(slices);
  expect(long!.tokens).toBe(alone.reduce((sum, { tokens }) => sum + tokens, 0));
  long!.trajectory.forEach((belief, exit) => {
    alone.forEach(({ trajectory }, i) => expect(long!.windows![i]!.probabilities[exit]).toEqual(trajectory[exit]!.probabilities));
    const sum = alone.reduce((all, { trajectory }) => all + lead(trajectory[exit]!.probabilities), 0);
    expect(lead(belief.probabilities)).toBeCloseTo(sum, 5);
    expect(belief.uncertainty).toBe(uncertainty(belief.probabilities, 2));
  });
  alone.forEach(({ windows }) => expect(windows).toBeUndefined());
});

test('what n-grams say of each window is added at exit 0, and nowhere else', async () => {
  const without = await open(WINDOWS, false);
  const texts = [...SHORT, LONG];
  const [there, bare] = [await read(texts), await read(texts, { on: without })];
  const gains = texts.map((text, i) => {
    const said = model.pkg.tokenizer.tokenize(text, i).windows.reduce((sum, { ids }) => {
      const [no, yes] = model.pkg.ngrams!(ids);
      return sum + yes! - no!;
    }, 0);
    there[i]!.trajectory.forEach(({ probabilities }, exit) => {
      const more = lead(probabilities) - lead(bare[i]!.trajectory[exit]!.probabilities);
      expect(more).toBeCloseTo(exit === 0 ? said : 0, 4);
    });
    return said;
  });
  expect(new Set(gains).size).toBeGreaterThan(2);
});

test('its state is the mean over all tokens of its windows', async () => {
  const [long] = await read([LONG], { speed: 0, mode: 'fast' });
  const alone = await read(slicesOf(LONG, long!), { speed: 0, mode: 'fast' });
  long!.state!.forEach((value, i) => {
    const sum = alone.reduce((all, { state, tokens }) => all + tokens * state![i]!, 0);
    expect(value).toBeCloseTo(sum / long!.tokens, 5);
  });
});

test('a window of which nothing can be read adds nothing, and a text of such is wholly uncertain', async () => {
  const [whole, mixed, nothing] = await read([LONG, UNREADABLE + LONG, UNREADABLE.repeat(2)]);
  const [first, ...others] = mixed!.windows!;
  expect(first!.probabilities).toEqual(mixed!.trajectory.map(() => [0.5, 0.5]));
  expect(others.map(({ probabilities }) => probabilities)).toEqual(whole!.windows!.map(({ probabilities }) => probabilities));
  expect(mixed!.trajectory).toEqual(whole!.trajectory);
  expect(nothing!.windows).toHaveLength(2);
  for (const { uncertainty: u, probabilities } of nothing!.trajectory) expect([u, probabilities]).toEqual([1, [0.5, 0.5]]);
});

test('alone and among others, at any speed, a text gets the same and leaves as a whole; each belief is told once', async () => {
  const texts = [LONG, ...SHORT, `${LONG} ${SHORT[0]!}`, LONG.repeat(3), ...SHORT.map((text) => text.repeat(6))];
  for (const mode of ['explore', 'fast'] as const) {
    for (const speed of [0, 0.2, 0.5, 0.9, 1]) {
      const events: ExitEvent[] = [];
      const together = await read(texts, { speed, mode, events });
      expect(new Set(events.map(({ index, belief }) => `${index} ${belief.exit}`)).size).toBe(events.length);
      expect(events.filter(({ verdict }) => verdict)).toHaveLength(texts.length);
      for (const [i, text] of texts.entries()) {
        const [alone] = await read([text], { speed, mode });
        expect(untimed(together[i]!)).toEqual(untimed(alone!));
        for (const { probabilities } of alone!.windows ?? []) expect(probabilities).toHaveLength(alone!.trajectory.length);
      }
    }
  }
});

test('a text of one window gets to the bit what it gets without windows', async () => {
  const texts = [...SHORT, 'Again!', '😍', ''];
  for (const speed of [0, 0.5, 1]) {
    const [here, there] = [await read(texts, { speed, mode: 'fast' }), await read(texts, { speed, mode: 'fast', on: ordinary })];
    expect(here.map(untimed)).toEqual(there.map(untimed));
  }
});

test('what is beyond the windows is not read, and told', async () => {
  const text = LONG.repeat(3);
  const [{ windows, truncated }] = (await read([text])) as [Verdict];
  expect([windows!.length, truncated]).toEqual([WINDOWS, true]);
  expect((await read([text.slice(0, windows!.at(-1)!.end)]))[0]).toMatchObject({ truncated: false, windows });
});
