/** Who takes part in the benchmark, and where the site has their files. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Calibration, Manifest, Target } from '../src/core/index.js';
import type { Device } from '../src/index.js';
import { fillLiteRt, readLiteRtTable } from './fill-litert.js';
import { fillWhole } from './fill-whole.js';
import type { Contestant } from './race-page.js';
import { readCalibration, readManifest } from './read-package.js';
import { serve, type Interceptor, type Site } from './serve.js';

const ROOT = path.dirname(import.meta.dirname);
const MODELS = path.join(ROOT, 'public/models');
/** The packages that take part. */
export const RACED = ['sst2', 'ag_news'] as const;
export type Raced = (typeof RACED)[number];
/** What is made of the packages for the others; out of git, made again when a package or a graph changes. */
const MADE = path.join(ROOT, 'node_modules/.cache/fastbert-web');
const GRAPHS = path.join(import.meta.dirname, 'whole');
/** Layers of the small models that never leave early. */
const STATIC = [1, 2, 3];

/** Paces of this library that are set against the others. No loss and half a point were chosen on dev. */
export const NO_LOSS: Target = { speedup: 3 };
export const HALF_POINT: Target = { speedup: 5 };

/** How its contestants' names begin. */
export const TRANSFORMERS = 'transformers.js';
export const LITERT = 'LiteRT.js int8';
export const WHOLE = 'one session';

export function nameOf(target: Target): string {
  const [[what, value]] = Object.entries(target) as [[string, number]];
  return `${what} ${value}`;
}

export function manifestOf(raced: Raced): Manifest {
  return readManifest(path.join(MODELS, raced));
}

/**
 * @param headers of every file
 * @param intercept told of every request
 */
export async function serveContestants(headers: Readonly<Record<string, string>>, intercept?: Interceptor): Promise<Site> {
  const made = RACED.flatMap((raced) => {
    const folder = makeOthers(raced);
    return [
      { at: `/transformers/${raced}/`, folder: path.join(folder, 'transformers') },
      { at: `/litert/${raced}/`, folder: path.join(folder, 'litert') },
      { at: `/static/${raced}/shards/`, folder: path.join(MODELS, 'shards') },
      { at: `/static/${raced}/`, folder: path.join(folder, 'static') },
    ];
  });
  const mounts = [
    ...made,
    { at: '/models/', folder: MODELS },
    { at: '/graphs/', folder: GRAPHS },
    { at: '/transformers-wasm/', folder: path.join(ROOT, 'node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist') },
    { at: '/litert-wasm/', folder: path.join(ROOT, 'node_modules/@litertjs/core/wasm') },
    { at: '/', folder: path.join(ROOT, 'dist-bench') },
  ];
  return serve(mounts, intercept, headers);
}

/** The folder of what is made of a package. */
function makeOthers(raced: Raced): string {
  const [model, graphs] = [path.join(MODELS, raced), path.join(GRAPHS, raced)];
  const hash = createHash('sha256').update(readFileSync(path.join(model, 'manifest.json')));
  for (const file of readdirSync(graphs)) hash.update(readFileSync(path.join(graphs, file)));
  const folder = path.join(MADE, `${raced}-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(path.join(folder, 'done'))) {
    fillWhole(model, graphs, path.join(folder, 'transformers'));
    mkdirSync(path.join(folder, 'litert'), { recursive: true });
    writeFileSync(path.join(folder, 'litert/model.tflite'), fillLiteRt(model, graphs));
    for (const layers of STATIC) writeStatic(model, layers, path.join(folder, `static/layers-${layers}`));
    writeFileSync(path.join(folder, 'done'), '');
  }
  return folder;
}

/** The first layers and the exit behind them, as a package with that one exit: a small model that never leaves early. */
function writeStatic(model: string, layers: number, folder: string): void {
  const manifest = readManifest(model);
  const calibration = readCalibration(model, manifest);
  const cut = <T>(of: (T | null)[]): (T | null)[] => of.slice(0, layers + 1).map((one, i) => (i === layers ? one : null));
  mkdirSync(folder, { recursive: true });
  for (const { file } of [manifest.tokenizer, manifest.tokenizer_config]) {
    writeFileSync(path.join(folder, file), readFileSync(path.join(model, file)));
  }
  const table: Calibration = {
    ...calibration,
    predictions: cut(calibration.predictions),
    uncertainties: cut(calibration.uncertainties),
  };
  const data = JSON.stringify(table);
  writeFileSync(path.join(folder, 'calibration.json'), data);
  const small: Manifest = {
    ...manifest,
    name: `${manifest.name}-${layers}`,
    architecture: { ...manifest.architecture, num_hidden_layers: layers },
    layers: manifest.layers.slice(0, layers),
    exits: cut(manifest.exits),
    calibration: {
      file: 'calibration.json',
      bytes: Buffer.byteLength(data),
      sha256: createHash('sha256').update(data).digest('hex'),
    },
  };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(small));
}

/**
 * Everything that takes part, the others first.
 *
 * @param url of the site, ending in a slash
 */
export function contestants(url: string, raced: Raced, device: Device, targets: readonly Target[]): Contestant[] {
  const model = `${url}models/${raced}/`;
  const dtype = device === 'wasm' ? 'q8' : 'fp32';
  return [
    {
      name: `${TRANSFORMERS} ${dtype}`,
      kind: 'transformers',
      host: `${url}transformers/`,
      model: raced,
      dtype,
      wasm: `${url}transformers-wasm/`,
    },
    // int8 is for CPUs.
    ...(device === 'wasm' ? [liteRt(url, raced)] : []),
    { name: WHOLE, kind: 'whole', model, graph: `${url}graphs/${raced}/loop_${device}.onnx` },
    ...targets.map((target): Contestant => ({ name: nameOf(target), kind: 'ours', model, target })),
    // On a software GPU each model takes a minute to load.
    ...(device === 'wasm' ? STATIC : []).map(
      (layers): Contestant => ({
        name: `${layers} layers, static`,
        kind: 'ours',
        model: `${url}static/${raced}/layers-${layers}/`,
        target: { speed: 0 },
      }),
    ),
  ];
}

function liteRt(url: string, raced: Raced): Contestant {
  return {
    name: LITERT,
    kind: 'litert',
    host: `${url}transformers/`,
    model: raced,
    file: `${url}litert/${raced}/model.tflite`,
    lengths: readLiteRtTable(path.join(GRAPHS, raced)).lengths,
    wasm: `${url}litert-wasm/`,
  };
}
