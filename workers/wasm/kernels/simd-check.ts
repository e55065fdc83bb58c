/** What `simd.test.ts` calls: the functions of simd.ts on f32 [count], in place; count a multiple of 4. */

import * as simd from './simd';

export function exp(x: usize, count: usize): void {
  for (const end = x + count * 4; x < end; x += 16) v128.store(x, simd.exp(v128.load(x)));
}

export function tanh(x: usize, count: usize): void {
  for (const end = x + count * 4; x < end; x += 16) v128.store(x, simd.tanh(v128.load(x)));
}

export function geluNew(x: usize, count: usize): void {
  for (const end = x + count * 4; x < end; x += 16) v128.store(x, simd.geluNew(v128.load(x)));
}

export function gelu(x: usize, count: usize): void {
  for (const end = x + count * 4; x < end; x += 16) v128.store(x, simd.gelu(v128.load(x)));
}
