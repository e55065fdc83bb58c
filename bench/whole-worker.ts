/**
 * The loop's own layers as one ONNX session, in a worker with the same tokenizer and embeddings:
 * what cutting a model in pieces costs, when nothing ever leaves early.
 */

import { expose } from 'comlink';
import type { Device } from '../src/contract.js';
import { free } from '../workers/batch.js';
import type { GpuStage } from '../workers/gpu-stage.js';
import { Model } from '../workers/model.js';
import { Package } from '../workers/package.js';
import type { Session } from '../workers/runtime.js';
import { Shards } from '../src/files/shards.js';

let model: Model;
let whole: Session;

const api = {
  /**
   * @param url absolute, of the package's folder, ending in a slash
   * @param graph of `bench/whole`, for the device
   */
  async load(url: string, graph: string, device: Device): Promise<void> {
    const pkg = await Package.open(new Shards(url, () => {}), [device]);
    model = await Model.open(pkg, device);
    const shards = await Promise.all(pkg.manifest.layers.map((_, i) => pkg.layer(i + 1)));
    const layers = shards.map((shard, i) => [`layer${i}`, shard] as const);
    const template = await (await fetch(graph)).arrayBuffer();
    const exit = device === 'wasm' ? [['exit', await pkg.exit(shards.length)] as const] : []; // a GPU's is no graph
    whole = await model.runtime.session(template, Object.fromEntries([...layers, ...exit]));
  },

  /** The text's class number. */
  async classify(text: string): Promise<number> {
    const batch = await model.embed([model.pkg.tokenizer.tokenize(text, 0)]);
    const { logits, next_hidden } = await model.runtime.run(whole, { hidden: batch.hidden, ...batch.masks });
    const values = logits
      ? (logits.data as Float32Array)
      : await (await (model.stages.at(-1) as GpuStage).ask({ ...batch, hidden: next_hidden! }))!.read();
    next_hidden?.dispose();
    free(batch);
    return values.indexOf(Math.max(...values));
  },
};

export type WholeApi = typeof api;

expose(api);
