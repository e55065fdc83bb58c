/** Pairs, as Python reads them: what it made of some with the tiny model lies beside that (training/tests/pairs_fixture.py). */

import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { TextPair } from '../src/contract.js';
import type { Manifest, Part } from '../src/core/manifest.js';
import type { Shards } from '../src/files/shards.js';
import { Package } from './package.js';
import { WasmModel } from './wasm/wasm-model.js';

interface Reference extends TextPair {
  ids: number[];
  second: number;
  /** Of every exit. */
  logits: number[][];
}

const FOLDER = new URL('../e2e/models/pairs/', import.meta.url);
const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
const references = json('../pairs-in-python.json') as Reference[];
const manifest = json('manifest.json') as Manifest;

/** Files of the model from the disk. */
const shards = {
  manifest: async () => manifest,
  keepManifest: async () => {},
  json: async ({ file }: Part) => json(file),
  files: async (parts: Part[]) => parts.map(({ file }) => Uint8Array.from(readFileSync(new URL(file, FOLDER))).buffer),
} as unknown as Shards;

let pkg: Package;
beforeAll(async () => {
  pkg = await Package.open(shards);
});

test.each(references)('$text | $text_pair', async ({ text, text_pair, ids, second, logits }) => {
  const tokens = pkg.tokenizer.tokenize({ text, text_pair }, 0);
  expect(tokens).toMatchObject({ windows: [{ ids, second }], truncated: ids.length === manifest.max_tokens });
  const model = await WasmModel.open(pkg);
  let batch = await model.embed([tokens]);
  for (const stage of model.stages) {
    const ran = await stage.forward(batch, true);
    batch = ran.batch;
    const said = await ran.reading!.read();
    logits[stage.number]!.forEach((value, label) => expect(said[label]).toBeCloseTo(value, 2));
  }
  batch.free();
});

test('the mark of the second text is part of what is said', async () => {
  const model = await WasmModel.open(pkg);
  const { text, text_pair } = references[0]!;
  const { windows, ...rest } = pkg.tokenizer.tokenize({ text, text_pair }, 0);
  const { second, ...unmarked } = windows[0]!;
  expect(second).toBeGreaterThan(1);
  const batch = await model.embed([{ ...rest, windows: [unmarked] }]);
  const { reading } = await model.stages[0]!.forward(batch, true);
  const said = await reading!.read();
  expect(Math.abs(said[0]! - references[0]!.logits[0]![0]!)).toBeGreaterThan(0.05);
});
