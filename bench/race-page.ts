/**
 * The half of the benchmark that runs in the page: several ways to classify the same texts with the
 * same weights, all loaded at once, taking turns text by text. Whatever else the machine does falls
 * on all of them alike.
 *
 * Where the page is not cross-origin isolated, all have one core; where it is, transformers.js has as many threads
 * as there are cores, four at most, and this library as many workers, which it could have in any page.
 */

import { AutoTokenizer, env, pipeline as transformers, type TextClassificationPipeline as Transformers } from '@huggingface/transformers';
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { wrap } from 'comlink';
import { pipeline, type Device, type TextClassificationPipeline } from '../src/index.js';
import type { Target } from '../src/core/index.js';
import type { WholeApi } from './whole-worker.js';

/** A way to classify, and how it is loaded. URLs are absolute. */
export type Contestant = { name: string } & (
  /** This library. Contestants of one model share one pipeline. */
  | { kind: 'ours'; model: string; target: Target }
  /** This library's layers as one session. */
  | { kind: 'whole'; model: string; graph: string }
  /** transformers.js with a host that has a folder of Hugging Face's layout for each model. */
  | { kind: 'transformers'; host: string; model: string; dtype: 'q8' | 'fp32'; wasm: string }
  /** LiteRT.js with transformers.js' tokenizer, since it brings none. `lengths`: the tokens that the file has signatures for. */
  | { kind: 'litert'; host: string; model: string; file: string; lengths: number[]; wasm: string }
);

/** The class numbers of texts that are handed in together. */
type Classify = (texts: string[]) => Promise<number[]>;

/** Four at most, as both take by themselves. */
const cores = crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
/** This library's: it needs no isolation for more. */
const workers = Number(new URLSearchParams(location.search).get('workers') ?? cores);
/** Milliseconds that threads may go on looking for work: up to 16 were seen. */
const ASLEEP = 30;

let ranLast: string | undefined;

const contestants = new Map<string, Classify>();
const pipelines = new Map<string, Promise<TextClassificationPipeline>>();

async function load(contestant: Contestant, device: Device): Promise<Classify> {
  switch (contestant.kind) {
    case 'ours': {
      const { model, target } = contestant;
      if (!pipelines.has(model)) pipelines.set(model, pipeline('text-classification', model, { device, workers }));
      const classify = await pipelines.get(model)!;
      const { labels } = classify.info;
      return async (texts) => (await classify(texts, target)).map(({ label }) => labels.indexOf(label));
    }
    case 'whole': {
      const worker = wrap<WholeApi>(new Worker(new URL('./whole-worker.js', import.meta.url), { type: 'module' }));
      await worker.load(contestant.model, contestant.graph, device);
      return async (texts) => {
        const said: number[] = [];
        for (const text of texts) said.push(await worker.classify(text));
        return said;
      };
    }
    case 'transformers': {
      readFrom(contestant.host);
      env.backends.onnx.wasm!.numThreads = cores;
      const file = `${contestant.wasm}ort-wasm-simd-threaded.asyncify`;
      env.backends.onnx.wasm!.wasmPaths = { mjs: `${file}.mjs`, wasm: `${file}.wasm` };
      const classify: Transformers = await transformers('text-classification', contestant.model, {
        device,
        dtype: contestant.dtype,
        use_external_data_format: true,
      });
      const { label2id } = classify.model.config as unknown as { label2id: Record<string, number> };
      return async (texts) => {
        const verdicts = (await classify(texts)) as { label: string }[];
        return verdicts.map(({ label }) => label2id[label]!);
      };
    }
    case 'litert': {
      const { lengths } = contestant;
      readFrom(contestant.host);
      const tokenizer = await AutoTokenizer.from_pretrained(contestant.model);
      await loadLiteRt(contestant.wasm, { threads: cores > 1 });
      const model = await loadAndCompile(contestant.file, {
        accelerator: 'wasm',
        cpuOptions: { numThreads: cores },
      });
      const classify = async (text: string): Promise<number> => {
        const { input_ids: ids } = tokenizer(text, { truncation: true, max_length: lengths.at(-1)!, return_tensor: false }) as {
          input_ids: number[];
        };
        const length = lengths.find((tokens) => tokens >= ids.length)!;
        // Ids, mask, types.
        const inputs = [ids, ids.map(() => 1), []].map((numbers) => {
          const padded = new Int32Array(length);
          padded.set(numbers);
          return new Tensor(padded, [1, length]);
        });
        const [logits] = await model.run(`tokens_${length}`, inputs);
        const values = logits!.toTypedArray();
        for (const tensor of [...inputs, logits!]) tensor.delete();
        return values.indexOf(Math.max(...values));
      };
      return async (texts) => {
        const said: number[] = [];
        for (const text of texts) said.push(await classify(text));
        return said;
      };
    }
  }
}

/** Where transformers.js takes its files from: folders of Hugging Face's layout. */
function readFrom(host: string): void {
  env.remoteHost = host;
  env.remotePathTemplate = '{model}/';
}

export const race = {
  async enter(contestant: Contestant, device: Device): Promise<void> {
    contestants.set(contestant.name, await load(contestant, device));
  },

  /** What all run on, in words. */
  async deviceDescription(): Promise<string> {
    const [first] = pipelines.values();
    const { device, deviceDescription } = (await first!).info;
    if (device === 'webgpu') return deviceDescription;
    const many = (count: number, what: string): string => (count === 1 ? `one ${what}` : `${count} ${what}s`);
    return `WASM; this library: ${many(workers, 'worker')}, ${deviceDescription}; the others: ${many(cores, 'thread')}`;
  },

  /** Texts handed in together to the contestants of that order, one after another: their milliseconds and answers. */
  async turns(texts: string[], order: string[]): Promise<{ ms: number; said: number[] }[]> {
    const results: { ms: number; said: number[] }[] = [];
    for (const name of order) {
      const classify = contestants.get(name)!;
      // Threads that still look for work would take the next one's cores.
      if (cores > 1 && name !== ranLast) await new Promise((done) => setTimeout(done, ASLEEP));
      ranLast = name;
      const start = performance.now();
      const said = await classify(texts);
      results.push({ ms: performance.now() - start, said });
    }
    return results;
  },
};

declare global {
  var fastbertRace: typeof race;
}

globalThis.fastbertRace = race;
