/** All kernels of the encoder on the same hidden states, in whatever browser this runs in: what they say, from the first run on, and how long they take. */

import type { Manifest, Part } from '../src/core/index.js';
import { quantile } from '../src/page/measure/statistics.js';
import { seeded } from '../src/page/measure/timing.js';
import { plain } from '../workers/wasm/built/plain.js';
import { relaxed } from '../workers/wasm/built/relaxed.js';
import { decoded } from '../workers/wasm/choose-kernels.js';
import { Engine, type Place } from '../workers/wasm/engine.js';
import { KERNELS, type Kernel } from './engine-figures.js';

export interface KernelResult {
  kernel: Kernel;
  /** Of every exit [exits · labels], of each run: the first is what the browser compiled in haste. */
  logits: number[][];
  /** Median milliseconds of all layers and exits. */
  ms: number;
}

const RUNS = 15;
/** A run is repeated within its milliseconds, for clocks that tick slowly. */
const REPEATS = 4;

/**
 * @param model absolute URL of a package's folder, ending in a slash; every hidden state has an exit
 * @param tokens of the text, whose hidden states are made up
 */
export async function compareKernels(model: string, tokens: number): Promise<KernelResult[]> {
  const manifest = (await (await fetch(`${model}manifest.json`)).json()) as Manifest;
  const file = async (part: Part | null): Promise<ArrayBuffer> => (await fetch(new URL(part!.file, model))).arrayBuffer();
  const layers = await Promise.all(manifest.layers.map(file));
  const exits = await Promise.all(manifest.exits.map(file));
  const random = seeded(1);
  const hidden = Float32Array.from({ length: tokens * manifest.architecture.hidden_size }, () => 4 * random() - 2);
  const found: KernelResult[] = [];
  for (const kernel of KERNELS) {
    const bytes = decoded(kernel === 'plain' ? plain : relaxed);
    if (!WebAssembly.validate(bytes)) continue;
    const engine = new Engine(await WebAssembly.compile(bytes), manifest.architecture, manifest.labels.length);
    engine.engineSum = kernel === "relaxed, the browser's sum";
    const loaded = { layers: layers.map((shard) => engine.addLayer(shard)), exits: exits.map((shard) => engine.addExit(shard)) };
    const logits: number[][] = [];
    const took: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const start = performance.now();
      for (let repeat = 0; repeat < REPEATS; repeat++) logits.push(run(engine, loaded, hidden, tokens));
      took.push((performance.now() - start) / REPEATS);
    }
    found.push({ kernel, logits, ms: quantile(took, 0.5) });
  }
  return found;
}

function run(engine: Engine, { layers, exits }: { layers: Place[]; exits: Place[] }, hidden: Float32Array, tokens: number): number[] {
  const states = engine.begin([tokens]);
  const width = hidden.length / tokens;
  const into = engine.hidden(states);
  for (let token = 0; token < tokens; token++) into.set(hidden.subarray(token * width, (token + 1) * width), token * engine.width);
  const logits = exits.flatMap((exit, i) => {
    if (i > 0) engine.layer(layers[i - 1]!, states);
    return [...engine.exit(exit, states)];
  });
  engine.free(states);
  return logits;
}
