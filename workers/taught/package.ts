/** Heads as a package: the encoder's files, and those that are its own (format `fastbert-web/2`, src/core/manifest.ts). */

import type { ModelInfo, TaughtPackage } from '../../src/contract.js';
import type { Calibration } from '../../src/core/calibration.js';
import type { Manifest, Part } from '../../src/core/manifest.js';
import { sha256 } from '../../src/files/store.js';
import type { Heads } from './fit.js';
import { exitShard, wordsShard } from './shards.js';

/** An even spread over so many labels counts as wholly uncertain (training/package.py: the same). */
const UNCERTAINTY_CLASSES = 5;

export function uncertaintyClasses(labels: readonly string[]): number {
  return Math.min(UNCERTAINTY_CLASSES, labels.length);
}

/**
 * @param encoder its manifest
 * @param texts how many were learnt from
 */
export async function taughtPackage(encoder: Manifest, name: string, labels: string[], heads: Heads, calibration: Calibration, texts: number): Promise<TaughtPackage> {
  const files: TaughtPackage['files'] = {};
  const put = async (data: ArrayBuffer, file: (hash: string) => string): Promise<Part> => {
    const hash = await sha256(data);
    files[hash] = data;
    return { file: file(hash), bytes: data.byteLength, sha256: hash };
  };
  const shard = (data: ArrayBuffer): Promise<Part> => put(data, (hash) => `../shards/${hash.slice(0, 16)}.bin`);
  const { kind: _, exits: __, calibration: ___, architecture, ...shared } = encoder;
  const training = { recipe: 'teach', encoder: encoder.name, texts };
  const manifest: Manifest & { training: object } = {
    ...shared,
    name,
    architecture: { ...architecture, exit_kind: 'discriminant' },
    problem_type: 'single_label_classification',
    labels,
    uncertainty_classes: uncertaintyClasses(labels),
    license: 'other',
    training,
    exits: await Promise.all(heads.exits.map((exit) => shard(exitShard(exit)))),
    ...(heads.words && { words: await shard(wordsShard(heads.words)) }),
    calibration: await put(new TextEncoder().encode(JSON.stringify(calibration)).buffer, () => 'calibration.json'),
  };
  return { manifest, files };
}

/** What the main thread would learn of it by loading it. */
export function infoOf({ manifest }: TaughtPackage, calibration: Calibration, deviceDescription: string): ModelInfo {
  const { name, labels, problem_type, uncertainty_classes, layers, exits, words, embeddings, tokenizer, tokenizer_config, max_tokens } = manifest;
  const first = [tokenizer, tokenizer_config, manifest.calibration, embeddings, layers[0], exits[0], exits[1], words];
  return {
    name,
    device: 'wasm',
    deviceDescription,
    labels,
    problemType: problem_type,
    gold: 'labels',
    uncertaintyClasses: uncertainty_classes,
    textPair: false,
    layers: layers.length,
    maxTokens: max_tokens,
    windows: 1,
    bytes: first.reduce((sum, part) => sum + (part?.bytes ?? 0), 0),
    calibration,
  };
}
