/** LayerNorm behind a residual. */

import { sum } from './simd';
import { Norm, Shape } from './structs';

/**
 * hidden = norm(hidden + added), f32 [rows, hidden]. The mean and the variance around it are of the real
 * width; padding is 0 and stays so, since its weight and bias are.
 */
export function addNorm(shape: Shape, norm: Norm, hidden: usize, added: usize, rows: i32): void {
  const bytes = <usize>shape.hidden * 4;
  const real = <f32>shape.hiddenReal;
  const padding = <f32>(shape.hidden - shape.hiddenReal);
  for (let row = 0; row < rows; row++) {
    let total = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = f32x4.add(v128.load(hidden + i), v128.load(added + i));
      v128.store(hidden + i, v);
      total = f32x4.add(total, v);
    }
    const mean = sum(total) / real;
    const middle = f32x4.splat(mean);
    let squares = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = f32x4.sub(v128.load(hidden + i), middle);
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    const variance = (sum(squares) - padding * mean * mean) / real;
    const inverse = f32x4.splat(<f32>1 / sqrt<f32>(variance + shape.epsilon));
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = f32x4.mul(f32x4.sub(v128.load(hidden + i), middle), inverse);
      v128.store(hidden + i, f32x4.add(f32x4.mul(v, v128.load(norm.weight + i)), v128.load(norm.bias + i)));
    }
    hidden += bytes;
    added += bytes;
  }
}
