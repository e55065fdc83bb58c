/** Exits on the GPU are our own kernels: what they say of known hidden states, against plain arithmetic. */

import { readFileSync } from 'node:fs';
import { readManifest } from '../bench/read-package.js';
import { softmax } from '../src/core/entropy.js';
import type { Manifest } from '../src/core/index.js';
import { Embeddings } from '../workers/embed.js';
import { exitTensors } from '../workers/webgpu/exit-tensors.js';
import { readNgrams } from '../workers/ngrams.js';
import { TextTokenizer } from '../workers/tokenize.js';
import { expect, FIXTURE, REAL, test } from './fixtures.js';
import { SENTENCES } from './texts.js';

/** Exit 0's own logits for one text, from its embeddings [T, H], as its shard's weights say. */
function expected(hidden: Float32Array, manifest: Manifest, shard: ArrayBuffer): number[] {
  const { hidden_size: H, exit_size: S, exit_heads: heads } = manifest.architecture;
  const weights = exitTensors(shard, manifest.architecture, manifest.labels.length);
  let at = 0;
  /** The next matrix and its bias: rows [n, from] → [n, to]. */
  const dense = (from: number, to: number): ((row: readonly number[]) => number[]) => {
    const start = at;
    at += (from + 1) * to;
    return (row) =>
      Array.from({ length: to }, (_, c) =>
        row.reduce((sum, x, k) => sum + x * weights[start + k * to + c]!, weights[start + from * to + c]!),
      );
  };
  const [narrow, ask, answer] = [dense(H, S), dense(S, heads * S), dense(heads * S, S)];
  const classify = dense(S, manifest.labels.length);
  const tokens = Array.from({ length: hidden.length / H }, (_, t) =>
    narrow(Array.from(hidden.subarray(t * H, (t + 1) * H))).map(Math.tanh),
  );
  const asked = ask(tokens[0]!);
  const means = Array.from({ length: heads }, (_, h) => {
    const scores = tokens.map((token) => token.reduce((sum, x, s) => sum + x * asked[h * S + s]!, 0) * (S / heads) ** -0.5);
    const shares = softmax(Float32Array.from(scores));
    return Array.from({ length: S }, (_, s) => tokens.reduce((sum, token, t) => sum + shares[t]! * token[s]!, 0));
  });
  return classify(answer(means.flat()).map(Math.tanh));
}

// An exit of 32 and one of 128: with more columns than a workgroup has threads, each thread has several.
for (const [model, folder] of [
  [FIXTURE, 'e2e/models/fixture'],
  [REAL, 'public/models/sst2'],
] as const) {
  test(`${folder}: a batch of texts of several lengths, each row as if it were alone`, async ({ harness }) => {
    test.setTimeout(300_000); // a software GPU takes half a second a layer
    const manifest = readManifest(folder);
    const file = (name: string): ArrayBuffer => Uint8Array.from(readFileSync(`${folder}/${name}`)).buffer;
    const json = (name: string): object => JSON.parse(new TextDecoder().decode(file(name))) as object;
    const tokenizer = new TextTokenizer(json(manifest.tokenizer.file), json(manifest.tokenizer_config.file), manifest.max_tokens);
    const embeddings = new Embeddings(manifest, file(manifest.embeddings.file));
    const ngrams = manifest.ngrams && readNgrams(manifest, file(manifest.ngrams.file));
    const texts = [...SENTENCES.slice(0, 5), '.', 'one two three '.repeat(25)];
    await harness.load(model, { device: 'webgpu' });
    const verdicts = await harness.trace(texts, { mode: 'explore' }); // else a gate may be closed
    texts.forEach((text, i) => {
      const { windows } = tokenizer.tokenize(text, 0);
      const own = expected(embeddings.embed(windows), manifest, file(manifest.exits[0]!.file));
      const said = ngrams?.(windows[0]!.ids);
      const wanted = softmax(Float32Array.from(own, (logit, label) => logit + (said?.[label] ?? 0)));
      const got = verdicts[i]!.trajectory[0]!.probabilities;
      wanted.forEach((share, label) => expect(Math.abs(got[label]! - share), `text ${i}`).toBeLessThan(1e-5));
    });
  });
}
