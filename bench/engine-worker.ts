/**
 * Times the engine in a worker, as it runs in the library: its layers against the same layers in one session
 * of ONNX Runtime, in turns, and its products against the instructions that they are made of.
 */

import { expose } from 'comlink';
import type * as Ort from 'onnxruntime-web';
import type { Manifest, Part } from '../src/core/index.js';
import { plain } from '../workers/wasm/built/plain.js';
import { relaxed } from '../workers/wasm/built/relaxed.js';
import { chooseKernels, decoded } from '../workers/wasm/choose-kernels.js';
import { Engine, type Place } from '../workers/wasm/engine.js';
import { loneProduct } from '../workers/wasm/lone-product.js';
import { KERNELS, ORT, type Kernel, type Milliseconds, type Product } from './engine-figures.js';
import { normal, randomLayer, randomWeight, type LayerSize } from './random-layer.js';

interface Loaded {
  engine: Engine;
  layers: Place[];
  exit: Place;
}

const engines = new Map<Kernel, Loaded>();
let session: Ort.InferenceSession;
let ort: typeof Ort;
let width: number;

const api = {
  /** @param url absolute, of the package's folder; graph: of its layers in one, for ONNX Runtime */
  async load(url: string, graph: string): Promise<void> {
    const manifest = (await (await fetch(`${url}manifest.json`)).json()) as Manifest;
    const file = async (part: Part): Promise<ArrayBuffer> => (await fetch(new URL(part.file, url))).arrayBuffer();
    const layers = await Promise.all(manifest.layers.map(file));
    const exit = await file(manifest.exits.at(-1)!);
    const hasRelaxed = WebAssembly.validate(decoded(relaxed));
    for (const kernel of KERNELS.filter((one) => hasRelaxed || one === 'plain')) {
      const module = await WebAssembly.compile(decoded(kernel === 'plain' ? plain : relaxed));
      const engine = new Engine(module, manifest.architecture, manifest.labels.length);
      engine.engineSum = kernel === "relaxed, the browser's sum";
      engines.set(kernel, { engine, layers: layers.map((shard) => engine.addLayer(shard)), exit: engine.addExit(exit) });
    }
    width = manifest.architecture.hidden_size;
    ort = await import('onnxruntime-web/wasm');
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    const shards = [...layers.map((data, i) => ({ path: `layer${i}`, data: new Uint8Array(data) })), { path: 'exit', data: new Uint8Array(exit) }];
    const template = await (await fetch(graph)).arrayBuffer();
    session = await ort.InferenceSession.create(new Uint8Array(template), { externalData: shards, executionProviders: ['wasm'] });
  },

  /** All layers and the last exit on a text of so many tokens: milliseconds of each round. */
  async layers(tokens: number, rounds: number): Promise<Milliseconds> {
    const took: Milliseconds = {};
    const names: (Kernel | typeof ORT)[] = [ORT, ...engines.keys()];
    for (let round = -3; round < rounds; round++) {
      const hidden = Float32Array.from({ length: tokens * width }, () => 4 * Math.random() - 2);
      for (const [i] of names.entries()) {
        const name = names[(i + round + 3) % names.length]!;
        const start = performance.now();
        if (name === ORT) await session.run({ hidden: new ort.Tensor('float32', hidden, [1, tokens, width]) });
        else run(engines.get(name)!, hidden, tokens);
        const ms = performance.now() - start;
        if (round >= 0) (took[name] ??= []).push(ms);
      }
    }
    return took;
  },

  /**
   * Products of a layer's shapes, and of the bare instructions, in G multiply-adds a second: the best of some rounds.
   *
   * @param peaks `kernels/peak.ts` compiled, plain and relaxed
   */
  async products(rows: number, shapes: [inputs: number, outputs: number][], peaks: Record<'plain' | 'relaxed', Uint8Array<ArrayBuffer>>): Promise<Product[]> {
    const found: Product[] = [];
    for (const kernel of engines.keys()) {
      const build = kernel === 'plain' ? 'plain' : 'relaxed';
      const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(peaks[build]), { env: { abort: () => {} } });
      const { peak } = exports as { peak: (which: number, count: number) => number };
      const steps = 20_000;
      const most = best(steps * 12 * 16, () => void peak(KERNELS.indexOf(kernel), steps));
      const module = await WebAssembly.compile(decoded(build === 'plain' ? plain : relaxed));
      for (const [inputs, outputs] of shapes) found.push({ kernel, inputs, outputs, rows, speed: timeProduct(module, kernel, inputs, outputs, rows), peak: most });
    }
    return found;
  },

  /** Layers of one size, one after another on a text of so many tokens, on the kernel that a visitor gets: milliseconds a layer of each round. */
  async sizes(size: LayerSize, layers: number, tokens: number, rounds: number): Promise<number[]> {
    const { module, engineSum } = await chooseKernels();
    const rest = { vocab_size: 1, num_hidden_layers: layers, max_position_embeddings: tokens, layer_norm_eps: 1e-12, exit_size: 128, exit_heads: 2 };
    const engine = new Engine(module, { ...size, ...rest }, 2);
    engine.engineSum = engineSum;
    const shard = randomLayer(size);
    const places = Array.from({ length: layers }, () => engine.addLayer(shard));
    const took: number[] = [];
    for (let round = -3; round < rounds; round++) {
      const states = engine.begin([tokens]);
      engine.hidden(states).forEach((_, i, all) => (all[i] = normal()));
      const start = performance.now();
      for (const place of places) engine.layer(place, states);
      const ms = (performance.now() - start) / layers;
      if (round >= 0) took.push(ms);
      engine.free(states);
    }
    return took;
  },
};

function run({ engine, layers, exit }: Loaded, hidden: Float32Array, tokens: number): void {
  const states = engine.begin([tokens]);
  engine.hidden(states).set(hidden);
  for (const layer of layers) engine.layer(layer, states);
  engine.exit(exit, states);
  engine.free(states);
}

function timeProduct(module: WebAssembly.Module, kernel: Kernel, inputs: number, outputs: number, rows: number): number {
  const weights = Int8Array.from({ length: inputs * outputs }, (_, i) => (i % inputs ? randomWeight() : 127));
  const product = loneProduct(module, Float32Array.from({ length: rows * inputs }, normal), inputs, weights);
  product.engineSum = kernel === "relaxed, the browser's sum";
  return best(rows * inputs * outputs, product.run);
}

const ROUNDS = 40;
/** Milliseconds: long beside what the clock can tell. */
const TURN = 3;

/** G multiply-adds a second in the best round. */
function best(multiplyAdds: number, task: () => void): number {
  let most = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let count = 0;
    do {
      task();
      count++;
    } while (performance.now() - start < TURN);
    most = Math.max(most, (count * multiplyAdds) / (performance.now() - start) / 1e6);
  }
  return most;
}

export type EngineApi = typeof api;

expose(api);
