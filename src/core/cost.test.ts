import { expect, test } from 'vitest';
import { exitMultiplyAdds, layerMultiplyAdds } from './cost.js';
import type { Architecture } from './manifest.js';

const sizes = (hidden_size: number, intermediate_size: number): Architecture => ({
  vocab_size: 30522,
  hidden_size,
  head_dim: hidden_size / 12,
  num_hidden_layers: 6,
  num_attention_heads: 12,
  intermediate_size,
  max_position_embeddings: 512,
  layer_norm_eps: 1e-12,
  exit_size: 128,
  exit_heads: 2,
});

test('of a long text windows cost less than all of it at once, by what tokens of different windows would attend to each other', () => {
  const width = 768;
  const windows = 4 * layerMultiplyAdds(sizes(width, 3072), 64);
  expect(layerMultiplyAdds(sizes(width, 3072), 4 * 64) - windows).toBe(2 * (256 ** 2 - 4 * 64 ** 2) * width);
});

test("a BERT-base layer at 128 tokens is what FastBERT's code counts, and attention's products", () => {
  const attention = 2 * 128 * 128 * 768;
  // 1,811,939,328 FLOPs, two a multiply-add.
  expect(2 * (layerMultiplyAdds(sizes(768, 3072), 128) - attention)).toBe(1_811_939_328);
});

test('a layer without half of its heads and neurons costs half', () => {
  const whole = sizes(384, 1536);
  const half = { ...whole, num_attention_heads: 6, intermediate_size: 768 };
  expect(layerMultiplyAdds(half, 20)).toBe(layerMultiplyAdds(whole, 20) / 2);
});

test('an exit of the shipped model costs at most 5 % of a layer at 32 tokens', () => {
  const miniLM = sizes(384, 1536);
  const share = exitMultiplyAdds(miniLM, 32, 2) / layerMultiplyAdds(miniLM, 32);
  expect(share).toBeLessThan(0.05);
  expect(share).toBeCloseTo(0.0289, 3);
});
