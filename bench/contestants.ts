/** Who takes part in the benchmark, and where the site has their files. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Calibration, Manifest, Target } from '../src/core/index.js';
import { fillWhole } from './fill-whole.js';
import type { Contestant } from './race-page.js';
import { readCalibration, readManifest } from './read-package.js';
import { serve, type Interceptor, type Site } from './serve.js';

const ROOT = path.dirname(import.meta.dirname);
/** The package that takes part. */
export const MODEL = path.join(ROOT, 'public/models/sst2');
/** What is made of the package for the others; out of git, made again when the package changes. */
const GRAPHS = path.join(import.meta.dirname, 'whole');
const MADE = path.join(ROOT, 'node_modules/.cache/fastbert-web');

/** Paces of this library that are set against the others. No loss and half a point were chosen on dev. */
export const NO_LOSS: Target = { speedup: 3 };
export const HALF_POINT: Target = { speedup: 4 };

export const TRANSFORMERS = 'transformers.js q8';
export const WHOLE = 'one session';

export function nameOf(target: Target): string {
  const [[what, value]] = Object.entries(target) as [[string, number]];
  return `${what} ${value}`;
}

/** @param intercept told of every request */
export async function serveContestants(intercept: Interceptor): Promise<Site> {
  const manifest = readFileSync(path.join(MODEL, 'manifest.json'));
  const folder = path.join(MADE, createHash('sha256').update(manifest).digest('hex').slice(0, 16));
  if (!existsSync(path.join(folder, 'done'))) {
    fillWhole(MODEL, path.join(GRAPHS, 'sst2'), path.join(folder, 'transformers/sst2'));
    for (const layers of [1, 2, 3]) writeStatic(layers, path.join(folder, `static/layers-${layers}`));
    writeFileSync(path.join(folder, 'done'), '');
  }
  const mounts = [
    { at: '/models/', folder: path.join(ROOT, 'public/models') },
    { at: '/static/', folder: path.join(folder, 'static') },
    { at: '/transformers/', folder: path.join(folder, 'transformers') },
    { at: '/graphs/', folder: path.join(GRAPHS, 'sst2') },
    { at: '/transformers-wasm/', folder: path.join(ROOT, 'node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist') },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  return serve(mounts, intercept);
}

/** The first layers and the exit behind them, as a package with that one exit: a small model that never leaves early. */
function writeStatic(layers: number, folder: string): void {
  const manifest = readManifest(MODEL);
  const calibration = readCalibration(MODEL, manifest);
  const cut = <T>(of: (T | null)[]): (T | null)[] => of.slice(0, layers + 1).map((one, i) => (i === layers ? one : null));
  mkdirSync(folder, { recursive: true });
  for (const { file } of [manifest.tokenizer, manifest.tokenizer_config]) {
    writeFileSync(path.join(folder, file), readFileSync(path.join(MODEL, file)));
  }
  const table: Calibration = {
    ...calibration,
    predictions: cut(calibration.predictions),
    uncertainties: cut(calibration.uncertainties),
  };
  const data = JSON.stringify(table);
  writeFileSync(path.join(folder, 'calibration.json'), data);
  const shared = <P extends { file: string } | null>(part: P): P =>
    part && { ...part, file: part.file.replace('../shards/', '../../models/shards/') };
  const templates = Object.fromEntries(
    Object.entries(manifest.templates).map(([device, parts]) => [
      device,
      Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, shared(part)])),
    ]),
  ) as unknown as Manifest['templates'];
  const small: Manifest = {
    ...manifest,
    name: `${manifest.name}-${layers}`,
    architecture: { ...manifest.architecture, num_hidden_layers: layers },
    embeddings: shared(manifest.embeddings),
    layers: manifest.layers.slice(0, layers).map(shared),
    exits: cut(manifest.exits).map(shared),
    templates,
    calibration: {
      file: 'calibration.json',
      bytes: Buffer.byteLength(data),
      sha256: createHash('sha256').update(data).digest('hex'),
    },
  };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(small));
}

/** @param url of the site, ending in a slash */
export function contestants(url: string, device: 'wasm' | 'webgpu', targets: readonly Target[]): Contestant[] {
  const model = `${url}models/sst2/`;
  return [
    {
      name: TRANSFORMERS,
      kind: 'transformers',
      models: '/transformers/',
      model: 'sst2',
      dtype: device === 'wasm' ? 'q8' : 'fp32',
      wasm: `${url}transformers-wasm/`,
    },
    { name: WHOLE, kind: 'whole', model, graph: `${url}graphs/loop_${device}.onnx` },
    ...targets.map((target): Contestant => ({ name: nameOf(target), kind: 'ours', model, target })),
    ...[1, 2, 3].map(
      (layers): Contestant => ({
        name: `${layers} layers, static`,
        kind: 'ours',
        model: `${url}static/layers-${layers}/`,
        target: { speed: 0 },
      }),
    ),
  ];
}
