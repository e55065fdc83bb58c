/** The last matrix of an exit or a head, which stays in floats. */

import { madd } from './simd';
import { Shape } from './structs';

/** x f32 [texts, width] times weights f32 [width, labels], plus a bias → logits f32 [texts, labels]. */
export function classify(shape: Shape, x: usize, width: i32, weights: usize, bias: usize, texts: i32, logits: usize): void {
  const row = <usize>shape.labels * 4;
  for (let text = 0; text < texts; text++) {
    for (let n: usize = 0; n < row; n += 16) {
      let total = v128.load(bias + n);
      for (let i: usize = 0; i < <usize>width; i++) {
        total = madd(v128.load32_splat(x + i * 4), v128.load(weights + i * row + n), total);
      }
      v128.store(logits + n, total);
    }
    x += width * 4;
    logits += row;
  }
}
