/** What a layer and an exit cost, in multiply-adds of their matrix products. */

import type { Architecture } from './manifest.js';

/**
 * One layer on T tokens that are read together: projections, feed-forward, and attention's two products (which the
 * FastBERT paper leaves out of its count). A text that is read in windows costs what its windows do: no token attends
 * to those of another window.
 */
export function layerMultiplyAdds(architecture: Architecture, tokens: number): number {
  const { hidden_size: h, intermediate_size: f, num_attention_heads, head_dim } = architecture;
  const a = num_attention_heads * head_dim;
  const perToken = 4 * h * a + 2 * h * f;
  return tokens * perToken + 2 * tokens * tokens * a;
}

/**
 * One exit on a text, or a window, of T tokens. Only token 0 asks, so keys and values are never computed:
 * every token is narrowed to S, the rest is a few products of one row.
 */
export function exitMultiplyAdds(
  { hidden_size: h, exit_size: s, exit_heads: heads }: Architecture,
  tokens: number,
  labels: number,
): number {
  const narrow = tokens * h * s;
  const attention = 2 * heads * tokens * s;
  return narrow + attention + 2 * heads * s * s + s * labels;
}
