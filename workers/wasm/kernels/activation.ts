/** What stands between two matrices, by the names of Hugging Face's config.json; the host gives its number here. */

import { gelu, geluNew, tanh } from './simd';

export const GELU: i32 = 0;
export const GELU_NEW: i32 = 1;
export const RELU: i32 = 2;
export const TANH: i32 = 3;

/** Told apart by their size at compile time. */
export type Gelu = i8;
export type GeluNew = i16;
export type Relu = i32;
export type Tanh = i64;

// @ts-ignore: decorator
@inline
export function activated<A>(x: v128): v128 {
  if (sizeof<A>() == sizeof<Gelu>()) return gelu(x);
  if (sizeof<A>() == sizeof<GeluNew>()) return geluNew(x);
  if (sizeof<A>() == sizeof<Relu>()) return f32x4.max(x, f32x4.splat(0)); // NaN stays NaN
  return tanh(x);
}

/** x f32 [count], in its place; count: a multiple of 4. */
export function activate(activation: i32, x: usize, count: usize): void {
  if (activation == GELU) activateAll<Gelu>(x, count);
  else if (activation == GELU_NEW) activateAll<GeluNew>(x, count);
  else if (activation == RELU) activateAll<Relu>(x, count);
  else activateAll<Tanh>(x, count);
}

function activateAll<A>(x: usize, count: usize): void {
  for (let i: usize = 0; i < count * 4; i += 16) v128.store(x + i, activated<A>(v128.load(x + i)));
}
