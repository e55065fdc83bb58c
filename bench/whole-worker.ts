/**
 * The loop's own layers as one session of ONNX Runtime, in a worker with the same tokenizer and embeddings:
 * what the engine is worth and, on a GPU, what cutting a model in pieces costs, when nothing ever leaves early.
 */

import { expose } from 'comlink';
import type * as Ort from 'onnxruntime-web';
import type { Device } from '../src/contract.js';
import { Shards } from '../src/files/shards.js';
import { Package } from '../workers/package.js';
import { GpuModel } from '../workers/webgpu/gpu-model.js';

/** The text's class number. */
let classify: (text: string) => Promise<number>;

const api = {
  /**
   * @param url absolute, of the package's folder, ending in a slash
   * @param graph of `bench/whole`, for the device
   */
  async load(url: string, graph: string, device: Device): Promise<void> {
    const pkg = await Package.open(new Shards(url, () => {}));
    const template = await (await fetch(graph)).arrayBuffer();
    classify = device === 'wasm' ? await onWasm(pkg, template) : await onGpu(pkg, template);
  },

  classify(text: string): Promise<number> {
    return classify(text);
  },
};

async function onWasm(pkg: Package, template: ArrayBuffer): Promise<typeof classify> {
  const ort: typeof Ort = await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const shards = { ...(await layersOf(pkg)), exit: await pkg.exit(pkg.manifest.layers.length) };
  const externalData = Object.entries(shards).map(([path, data]) => ({ path, data: new Uint8Array(data) }));
  const session = await ort.InferenceSession.create(new Uint8Array(template), { externalData, executionProviders: ['wasm'] });
  return async (text) => {
    const { windows, tokens } = pkg.tokenizer.tokenize(text, 0);
    const hidden = new ort.Tensor('float32', pkg.embeddings.embed(windows), [windows.length, tokens, pkg.embeddings.width]);
    const { logits } = await session.run({ hidden });
    return likeliest(logits!.data as Float32Array);
  };
}

/** Its exit is no graph there. */
async function onGpu(pkg: Package, template: ArrayBuffer): Promise<typeof classify> {
  const model = await GpuModel.open(pkg, {});
  const session = await model.runtime.session(template, await layersOf(pkg));
  return async (text) => {
    const batch = await model.embed([pkg.tokenizer.tokenize(text, 0)]);
    const { next_hidden } = await model.runtime.run(session, { hidden: batch.hidden, ...batch.masks });
    const last = batch.after(next_hidden!);
    const reading = await model.stages.at(-1)!.ask(last);
    const said = likeliest(await reading!.read());
    last.free();
    return said;
  };
}

async function layersOf(pkg: Package): Promise<Record<string, ArrayBuffer>> {
  const shards = await Promise.all(pkg.manifest.layers.map((_, i) => pkg.layer(i + 1)));
  return Object.fromEntries(shards.map((shard, i) => [`layer${i}`, shard]));
}

function likeliest(logits: Float32Array): number {
  return logits.indexOf(Math.max(...logits));
}

export type WholeApi = typeof api;

expose(api);
