/**
 * An exit: FastBERT's student classifier (Liu et al., ACL 2020, and its code, `run_fastbert.py`). Every
 * token is narrowed; only token 0 asks, once a head, in the space of the narrowed tokens, since what is
 * linear is multiplied out in the shard (training/shards.py).
 */

import { activate, TANH } from './activation';
import { softmax } from './attention';
import { classify } from './classify';
import { roundedProduct } from './layer';
import { madd, sum } from './simd';
import { Batch, BLOCK, Exit, Shape } from './structs';

/** Logits of a batch's texts → shape.logits f32 [texts, labels]. */
export function exit(shape: Shape, weights: Exit, batch: Batch): void {
  const size = <usize>shape.exit;
  for (let row = 0; row < batch.rows; row += BLOCK) {
    const rows = min(BLOCK, batch.rows - row);
    roundedProduct(shape, batch.hidden + row * shape.hidden * 4, rows, weights.narrow, shape.narrow + row * shape.exit * 4);
  }
  activate(TANH, shape.narrow, <usize>batch.rows * size);
  for (let text = 0; text < batch.texts; text += BLOCK) {
    const texts = min(BLOCK, batch.texts - text);
    const starts = batch.starts + text * 4;
    for (let i = 0; i < texts; i++) {
      memory.copy(shape.answer + <usize>i * size * 4, shape.narrow + <usize>load<i32>(starts + i * 4) * size * 4, size * 4);
    }
    roundedProduct(shape, shape.answer, texts, weights.ask, shape.asked);
    for (let i = 0; i < texts; i++) {
      const start = load<i32>(starts + i * 4);
      const tokens = load<i32>(starts + i * 4, 4) - start;
      for (let h = 0; h < shape.exitHeads; h++) {
        const at = <usize>(i * shape.exitHeads + h) * size * 4;
        mean(shape, shape.asked + at, shape.narrow + <usize>start * size * 4, tokens, shape.means + at);
      }
    }
    roundedProduct(shape, shape.means, texts, weights.answer, shape.answer);
    activate(TANH, shape.answer, <usize>texts * size);
    classify(shape, shape.answer, shape.exit, weights.classify, weights.classifyBias, texts, shape.logits + text * shape.labels * 4);
  }
}

/** The mean of narrowed tokens f32 [tokens, exit] as a question f32 [exit] weighs them → f32 [exit]. */
function mean(shape: Shape, asked: usize, narrow: usize, tokens: i32, out: usize): void {
  const bytes = <usize>shape.exit * 4;
  const columns = (tokens + 3) & ~3;
  for (let t = 0; t < tokens; t++) {
    let dot = f32x4.splat(0);
    const token = narrow + <usize>t * bytes;
    for (let i: usize = 0; i < bytes; i += 16) dot = madd(v128.load(asked + i), v128.load(token + i), dot);
    store<f32>(shape.scores + t * 4, sum(dot) * shape.exitScale);
  }
  const share = f32x4.splat(<f32>1 / softmax(shape.scores, tokens, columns));
  for (let i: usize = 0; i < bytes; i += 64) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let token = narrow + i;
    for (let t = 0; t < tokens; t++) {
      const p = v128.load32_splat(shape.scores + t * 4);
      a = madd(p, v128.load(token), a);
      b = madd(p, v128.load(token, 16), b);
      c = madd(p, v128.load(token, 32), c);
      d = madd(p, v128.load(token, 48), d);
      token += bytes;
    }
    v128.store(out + i, f32x4.mul(a, share));
    v128.store(out + i, f32x4.mul(b, share), 16);
    v128.store(out + i, f32x4.mul(c, share), 32);
    v128.store(out + i, f32x4.mul(d, share), 48);
  }
}
