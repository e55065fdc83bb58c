/** Files of a package, spoilt at random (by a seed): a PackageError or something that works, never another error. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { atSpeed, parseCalibration } from '../src/core/calibration.js';
import { parseManifest, partsOf, type Manifest } from '../src/core/manifest.js';
import { seeded } from '../src/page/measure/timing.js';
import { Embeddings } from './embed.js';
import { exitTensors } from './webgpu/exit-tensors.js';

const FOLDER = new URL('../e2e/models/fixture/', import.meta.url);
const ROUNDS = 5000;

const text = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const bytes = (file: string): ArrayBuffer => {
  const { buffer, byteOffset, length } = readFileSync(new URL(file, FOLDER));
  return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + length);
};

const random = seeded(11);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

const STRANGE = [null, true, -1, 0, 0.5, 1, 3, 1e9, 1e308, '', 'x', '../../x', 'https://x.example/y', '\u0000', [], [null], {}, { length: 3 }];

/** Changes, removes or doubles one value somewhere within. */
function spoil(json: unknown): void {
  let at = json as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(at);
    if (keys.length === 0) return;
    const key = pick(keys);
    const value = at[key];
    if (typeof value === 'object' && value !== null && random() < 0.8) {
      at = value as Record<string, unknown>;
      continue;
    }
    const chance = random();
    if (chance < 0.2 && Array.isArray(at)) at.splice(Number(key), 1);
    else if (chance < 0.2) delete at[key];
    else if (chance < 0.4 && Array.isArray(at)) at.push(value);
    else if (typeof value === 'number' && random() < 0.5) at[key] = value + pick([-1, 1, 0.5, 64, -64]);
    else at[key] = structuredClone(pick(STRANGE));
    return;
  }
}

/** What a task comes to: its value, or undefined where it throws PackageError. Any other error fails the test. */
function orRefused<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if ((error as Error).name !== 'PackageError') throw error;
    return undefined;
  }
}

test('a spoilt manifest is refused, or names files of its own folder and its neighbours, and embeds', () => {
  const whole = JSON.parse(text('manifest.json')) as Manifest;
  const shard = bytes(whole.embeddings.file);
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const manifest = structuredClone(whole);
    for (let changes = 0; changes <= round % 3; changes++) spoil(manifest);
    const parsed = orRefused(() => parseManifest(manifest));
    if (!parsed) continue;
    accepted++;
    for (const { file } of partsOf(parsed)) {
      expect(new URL(file, 'https://host.example/models/mine/').href).toMatch(/^https:\/\/host\.example\/models\//);
    }
    orRefused(() => new Embeddings(parsed, shard).embed([{ ids: [0, 1, 1999] }, { ids: [5] }]));
  }
  // Names, licences and recipes may say what they like.
  expect(accepted).toBeGreaterThan(ROUNDS / 20);
  expect(accepted).toBeLessThan(ROUNDS / 2);
});

test('a spoilt calibration is refused, or gives a curve', () => {
  const whole = JSON.parse(text('calibration.json')) as object;
  const depths = new Set<number | undefined>();
  for (let round = 0; round < 300; round++) {
    const calibration = structuredClone(whole);
    for (let changes = 0; changes <= round % 3; changes++) spoil(calibration);
    const parsed = orRefused(() => parseCalibration(calibration, [1, 1, 1, 1]));
    depths.add(parsed && atSpeed(parsed, 0.5).exits.length);
  }
  expect(depths).toEqual(new Set([undefined, 4]));
});

test("an exit's shard that is too short is refused", () => {
  const { exits, architecture, labels } = JSON.parse(text('manifest.json')) as Manifest;
  const shard = bytes(exits[0]!.file);
  for (let round = 0; round < 300; round++) {
    const cut = shard.slice(0, Math.floor(random() * shard.byteLength));
    expect(orRefused(() => exitTensors(cut, architecture, labels.length))).toBeUndefined();
  }
  expect(exitTensors(shard, architecture, labels.length).length).toBeGreaterThan(0);
});
