/** Who holds the weights: the package until they are on a device, and no longer. */

import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { Manifest, Part } from '../src/core/manifest.js';
import type { Shards } from '../src/files/shards.js';
import { Package } from './package.js';

const FOLDER = new URL('../e2e/models/fixture/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', FOLDER), 'utf8')) as Manifest;

let fetched: string[];
let missing: string | undefined;
let pkg: Package;

/** Files of the tiny model from the disk, written down as they are fetched. */
const shards = {
  manifest: async () => structuredClone(manifest),
  keepManifest: async () => {},
  json: async ({ file }: Part) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as object,
  files: async (parts: Part[]) =>
    parts.map(({ file }) => {
      fetched.push(file);
      if (file === missing) throw new Error(`${file} is missing`);
      return Uint8Array.from(readFileSync(new URL(file, FOLDER))).buffer;
    }),
} as unknown as Shards;

const times = (part: Part | null): number => fetched.filter((file) => file === part!.file).length;

beforeEach(async () => {
  fetched = [];
  missing = undefined;
  pkg = await Package.open(shards);
});

test('what the first answer takes is there when it is opened, and nothing that only a GPU needs', async () => {
  expect(fetched.toSorted()).toEqual([manifest.embeddings, manifest.layers[0], manifest.exits[0], manifest.exits[1]].map((part) => part!.file).toSorted());
  await pkg.layer(1);
  await pkg.exit(0);
  expect(fetched).toHaveLength(4);
  expect((await pkg.templates()).mask.byteLength).toBe(manifest.templates.mask.bytes);
});

test('a shard that was handed over is not kept: who asks again has it fetched again', async () => {
  const [mine, others] = [await pkg.layer(1), await pkg.layer(1)];
  expect(others).not.toBe(mine);
  expect(others).toEqual(mine);
  expect(times(manifest.layers[0]!)).toBe(2);
});

test('who needs a deep layer has all others begun, each once, and none that somebody has', async () => {
  await pkg.layer(1);
  await pkg.layer(2);
  pkg.fetchRest();
  await pkg.whole();
  await Promise.all([pkg.layer(3), pkg.exit(2), pkg.exit(3)]);
  for (const part of [...manifest.layers, ...manifest.exits]) expect(times(part)).toBe(1);
});

test('what could not be fetched is fetched again when it is needed', async () => {
  missing = manifest.layers[2]!.file;
  pkg.fetchRest();
  await expect(pkg.layer(3)).rejects.toThrow('is missing');
  missing = undefined;
  expect((await pkg.layer(3)).byteLength).toBe(manifest.layers[2]!.bytes);
});
