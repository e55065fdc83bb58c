/**
 * softmax(Q Kᵀ · scale) V of one text, head by head, in floats: four queries at a time against eight keys.
 */

import { exp, largest, madd, sum } from './simd';
import { Shape } from './structs';

/** qkv f32 [tokens, 3 · heads · head] → out f32 [tokens, heads · head]. */
export function attend(shape: Shape, qkv: usize, out: usize, tokens: i32): void {
  const head = <usize>shape.head;
  const width = <usize>shape.heads * head;
  const stride: usize = 12 * width;
  for (let h: usize = 0; h < <usize>shape.heads; h++) {
    const queries = qkv + h * head * 4;
    packKeys(queries + width * 4, stride, shape.keys, tokens, head);
    packValues(queries + 2 * width * 4, stride, shape.values, tokens, head);
    for (let t = 0; t < tokens; t += 4) {
      const last = min(3, tokens - 1 - t);
      score(shape, queries + <usize>t * stride, stride, last, tokens);
      mix(shape, out + (<usize>t * width + h * head) * 4, width * 4, last, tokens);
    }
  }
}

/**
 * Keys f32 [tokens, head], `stride` bytes from one to the next → panels of 8 keys, f32 [tokens / 8, head, 8].
 * (In panels, so that what a loop reads lies side by side, whatever the length of the text.)
 */
function packKeys(keys: usize, stride: usize, to: usize, tokens: i32, head: usize): void {
  for (let t = 0; t < ((tokens + 7) & ~7); t += 4) {
    const k0 = keys + <usize>min(t, tokens - 1) * stride;
    const k1 = keys + <usize>min(t + 1, tokens - 1) * stride;
    const k2 = keys + <usize>min(t + 2, tokens - 1) * stride;
    const k3 = keys + <usize>min(t + 3, tokens - 1) * stride;
    let o = to + <usize>(t >> 3) * head * 32 + <usize>(t & 4) * 4;
    for (let d: usize = 0; d < head * 4; d += 16) {
      const r0 = v128.load(k0 + d), r1 = v128.load(k1 + d), r2 = v128.load(k2 + d), r3 = v128.load(k3 + d);
      const a = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), b = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      const c = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7), e = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      v128.store(o, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(o, v128.shuffle<i64>(a, b, 1, 3), 32);
      v128.store(o, v128.shuffle<i64>(c, e, 0, 2), 64);
      v128.store(o, v128.shuffle<i64>(c, e, 1, 3), 96);
      o += 128;
    }
  }
}

/** Values f32 [tokens, head], `stride` bytes from one to the next → f32 [head / 8, tokens, 8]. */
function packValues(values: usize, stride: usize, to: usize, tokens: i32, head: usize): void {
  for (let d: usize = 0; d < head * 4; d += 32) {
    let v = values + d;
    for (let t = 0; t < tokens; t++) {
      v128.store(to, v128.load(v));
      v128.store(to, v128.load(v, 16), 16);
      v += stride;
      to += 32;
    }
  }
}

/** Four queries' powers over the keys → shape.scores f32 [4, tokens to a multiple of 8]; what to multiply them by → shape.shares. */
function score(shape: Shape, queries: usize, stride: usize, last: i32, tokens: i32): void {
  const columns = (tokens + 7) & ~7;
  const row = <usize>columns * 4;
  const q0 = queries, q1 = queries + <usize>min(1, last) * stride, q2 = queries + <usize>min(2, last) * stride, q3 = queries + <usize>min(3, last) * stride;
  const scale = f32x4.splat(shape.headScale);
  const end = <usize>shape.head * 4;
  for (let j: usize = 0; j < row; j += 32) {
    let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    let k = shape.keys + j * <usize>shape.head;
    for (let d: usize = 0; d < end; d += 4) {
      const v = v128.load(k), w = v128.load(k, 16);
      let q = v128.load32_splat(q0 + d);
      a0 = madd(q, v, a0); a1 = madd(q, w, a1);
      q = v128.load32_splat(q1 + d);
      b0 = madd(q, v, b0); b1 = madd(q, w, b1);
      q = v128.load32_splat(q2 + d);
      c0 = madd(q, v, c0); c1 = madd(q, w, c1);
      q = v128.load32_splat(q3 + d);
      d0 = madd(q, v, d0); d1 = madd(q, w, d1);
      k += 32;
    }
    let s = shape.scores + j;
    v128.store(s, f32x4.mul(a0, scale)); v128.store(s, f32x4.mul(a1, scale), 16);
    s += row;
    v128.store(s, f32x4.mul(b0, scale)); v128.store(s, f32x4.mul(b1, scale), 16);
    s += row;
    v128.store(s, f32x4.mul(c0, scale)); v128.store(s, f32x4.mul(c1, scale), 16);
    s += row;
    v128.store(s, f32x4.mul(d0, scale)); v128.store(s, f32x4.mul(d1, scale), 16);
  }
  for (let r = 0; r <= last; r++) store<f32>(shape.shares + r * 4, <f32>1 / softmax(shape.scores + <usize>r * row, tokens, columns));
}

/**
 * s f32 [columns], of which `count` are there → powers e^(s - largest); gives their sum, which they are yet
 * to be divided by. What is beyond becomes 1e-38, and is nothing in the sum. columns: a multiple of 4.
 */
export function softmax(s: usize, count: i32, columns: i32): f32 {
  for (let j = count; j < columns; j++) store<f32>(s + j * 4, -Infinity);
  let top = v128.load(s);
  for (let j: usize = 16; j < <usize>columns * 4; j += 16) top = f32x4.pmax(top, v128.load(s + j));
  top = largest(top);
  let total = f32x4.splat(0);
  for (let j: usize = 0; j < <usize>columns * 4; j += 16) {
    const power = exp(f32x4.sub(v128.load(s + j), top));
    v128.store(s + j, power);
    total = f32x4.add(total, power);
  }
  return sum(total);
}

/** What four queries take of shape.values → out f32 [4, head], `stride` bytes from one to the next. */
function mix(shape: Shape, out: usize, stride: usize, last: i32, tokens: i32): void {
  const row = <usize>((tokens + 7) & ~7) * 4;
  const s0 = shape.scores, s1 = s0 + <usize>min(1, last) * row, s2 = s0 + <usize>min(2, last) * row, s3 = s0 + <usize>min(3, last) * row;
  for (let d: usize = 0; d < <usize>shape.head * 4; d += 32) {
    let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    let v = shape.values + d * <usize>tokens;
    for (let t: usize = 0; t < <usize>tokens * 4; t += 4) {
      const x = v128.load(v), y = v128.load(v, 16);
      let p = v128.load32_splat(s0 + t);
      a0 = madd(p, x, a0); a1 = madd(p, y, a1);
      p = v128.load32_splat(s1 + t);
      b0 = madd(p, x, b0); b1 = madd(p, y, b1);
      p = v128.load32_splat(s2 + t);
      c0 = madd(p, x, c0); c1 = madd(p, y, c1);
      p = v128.load32_splat(s3 + t);
      d0 = madd(p, x, d0); d1 = madd(p, y, d1);
      v += 32;
    }
    keep(out + d, a0, a1, shape.shares);
    if (last >= 1) keep(out + 1 * stride + d, b0, b1, shape.shares + 4);
    if (last >= 2) keep(out + 2 * stride + d, c0, c1, shape.shares + 8);
    if (last >= 3) keep(out + 3 * stride + d, d0, d1, shape.shares + 12);
  }
}

// @ts-ignore: decorator
@inline
function keep(out: usize, low: v128, high: v128, share: usize): void {
  const s = v128.load32_splat(share);
  v128.store(out, f32x4.mul(low, s));
  v128.store(out, f32x4.mul(high, s), 16);
}
