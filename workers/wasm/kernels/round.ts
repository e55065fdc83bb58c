/**
 * Activations in seven bits, 0 to 127, one scale and zero point a row (a token): x ≈ (q - zero) · scale.
 * The top bit is never set, so no branch of the relaxed instructions that is left to the machine is reached.
 */

import { activated, Gelu, GELU, GeluNew, GELU_NEW, Relu } from './activation';
import { largest, madd, MAGIC, smallest, sum } from './simd';
import { ACTIVATION } from './structs';

/** Below it a row is all zeros: its scale could not be inverted. */
const LEAST: f32 = 1e-30;

/*
 * `check` stays 0 as long as all numbers are finite, and becomes NaN else: then the scale is NaN, and with
 * it all that comes of the row, so that the host can tell a fault from an answer.
 */

/** Rounds rows f32 [rows, width], multiplied by `smooth` [width] unless that is 0. */
export function roundRows(x: usize, rows: i32, width: i32, smooth: usize, q: usize, scales: usize, zeros: usize): void {
  for (let row = 0; row < rows; row++) {
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    let check = f32x4.splat(0);
    for (let i: usize = 0; i < <usize>width * 4; i += 16) {
      const v = smoothed(x, smooth, i);
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
      check = madd(v, f32x4.splat(0), check);
    }
    roundRow(x, width, smooth, low, high, check, q, scales + row * 4, zeros + row * 4);
    x += width * 4;
    q += width * ACTIVATION;
  }
}

/** The activation, then as `roundRows`; rows come back as they were rounded. */
export function activateAndRoundRows(activation: i32, x: usize, rows: i32, width: i32, smooth: usize, q: usize, scales: usize, zeros: usize): void {
  if (activation == GELU) activateAndRound<Gelu>(x, rows, width, smooth, q, scales, zeros);
  else if (activation == GELU_NEW) activateAndRound<GeluNew>(x, rows, width, smooth, q, scales, zeros);
  else activateAndRound<Relu>(x, rows, width, smooth, q, scales, zeros);
}

function activateAndRound<A>(x: usize, rows: i32, width: i32, smooth: usize, q: usize, scales: usize, zeros: usize): void {
  for (let row = 0; row < rows; row++) {
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    let check = f32x4.splat(0);
    for (let i: usize = 0; i < <usize>width * 4; i += 16) {
      const v = f32x4.mul(activated<A>(v128.load(x + i)), v128.load(smooth + i));
      v128.store(x + i, v);
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
      check = madd(v, f32x4.splat(0), check);
    }
    roundRow(x, width, 0, low, high, check, q, scales + row * 4, zeros + row * 4);
    x += width * 4;
    q += width * ACTIVATION;
  }
}

// @ts-ignore: decorator
@inline
export function smoothed(x: usize, smooth: usize, i: usize): v128 {
  const v = v128.load(x + i);
  return smooth ? f32x4.mul(v, v128.load(smooth + i)) : v;
}

/** One row whose least and largest are known, in lanes that also hold 0. */
// @ts-ignore: decorator
@inline
export function roundRow(x: usize, width: i32, smooth: usize, low: v128, high: v128, check: v128, q: usize, scale: usize, zero: usize): void {
  const least = f32x4.extract_lane(smallest(low), 0);
  const range = f32x4.extract_lane(largest(high), 0) - least;
  const isZero = range < LEAST;
  const inverse: f32 = isZero ? 0 : <f32>127 / range;
  const point = isZero ? 0 : <i32>nearest(-least * inverse);
  store<f32>(scale, isZero ? <f32>1 + sum(check) : range / 127 + sum(check));
  store<i32>(zero, point);
  const times = f32x4.splat(inverse);
  const magic = f32x4.splat(MAGIC);
  const shift = i32x4.splat(point - 0x4b400000);
  const most = ASC_FEATURE_RELAXED_SIMD ? i8x16.splat(127) : i16x8.splat(127);
  for (let i: usize = 0; i < <usize>width * 4; i += 64) {
    const a = i32x4.add(f32x4.add(f32x4.mul(smoothed(x, smooth, i), times), magic), shift);
    const b = i32x4.add(f32x4.add(f32x4.mul(smoothed(x, smooth, i + 16), times), magic), shift);
    const c = i32x4.add(f32x4.add(f32x4.mul(smoothed(x, smooth, i + 32), times), magic), shift);
    const d = i32x4.add(f32x4.add(f32x4.mul(smoothed(x, smooth, i + 48), times), magic), shift);
    const ab = i16x8.narrow_i32x4_s(a, b);
    const cd = i16x8.narrow_i32x4_s(c, d);
    if (ASC_FEATURE_RELAXED_SIMD) {
      v128.store(q, i8x16.min_u(i8x16.narrow_i16x8_u(ab, cd), most));
      q += 16;
    } else {
      const nothing = i16x8.splat(0);
      v128.store(q, i16x8.max_s(nothing, i16x8.min_s(ab, most)));
      v128.store(q, i16x8.max_s(nothing, i16x8.min_s(cd, most)), 16);
      q += 32;
    }
  }
}
