/** A layer's shard with weights at random: what a layer takes depends on its size alone. */

import type { Architecture } from '../src/core/index.js';

export type LayerSize = Pick<Architecture, 'hidden_size' | 'intermediate_size' | 'num_attention_heads' | 'head_dim'>;

/** Box and Muller. */
export const normal = (): number => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

/** Bell-shaped, as models have them, for int8: four of them rarely overflow 16 bits. */
export const randomWeight = (): number => 32 * normal();

/** Tensors in the order of training/shards.py, each at a multiple of 64 bytes. */
export function randomLayer({ hidden_size: h, intermediate_size: f, num_attention_heads, head_dim }: LayerSize): ArrayBuffer {
  const attention = num_attention_heads * head_dim;
  const parts: { bytes: number; is: 'weight' | 'scale' | 'float' }[] = [];
  const floats = (count: number): unknown => parts.push({ bytes: 4 * count, is: 'float' });
  const matrix = (inputs: number, outputs: number, isSmooth: boolean): void => {
    parts.push({ bytes: inputs * outputs, is: 'weight' }, { bytes: 4 * outputs, is: 'scale' });
    floats(outputs);
    if (isSmooth) floats(inputs);
  };
  matrix(h, 3 * attention, true);
  matrix(attention, h, false);
  floats(h);
  floats(h);
  matrix(h, f, true);
  matrix(f, h, true);
  floats(h);
  floats(h);
  const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;
  const shard = new ArrayBuffer(parts.reduce((end, { bytes }) => up(end) + bytes, 0));
  let at = 0;
  for (const { bytes, is } of parts) {
    at = up(at);
    if (is === 'weight') new Int8Array(shard, at, bytes).forEach((_, i, all) => (all[i] = randomWeight()));
    else new Float32Array(shard, at, bytes / 4).fill(is === 'scale' ? 1 / 127 / Math.sqrt(h) : 1);
    at += bytes;
  }
  return shard;
}
