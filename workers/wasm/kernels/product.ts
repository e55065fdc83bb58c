/**
 * Rounded activations times int8 weights, the sums exact in 32 bits: y = (Σ q·w - zero · Σ w) · scale · scaleₙ + biasₙ.
 *
 * Three kernels give the same integers: without relaxed SIMD products of 16 bits; with it products of 8,
 * which the engine sums up itself (one instruction on Arm and on x86 with VNNI, five on others) or of which
 * it sums two and we the rest. Tiles of 6 or 4 rows by 8 columns: their sums, a row's activations and two
 * vectors of weights fit the 16 registers of x86. A row that is missing is its neighbour once more, so that
 * every row is computed alike, alone or among others.
 */

import { madd } from './simd';
import { ACTIVATION, Matrix } from './structs';
import { PANEL } from './pack';

/** Whose sum: told apart by their size at compile time. */
type EngineSum = i32;
type OwnSum = i16;

let engineSums: bool = true;

/** Which of the relaxed kernels runs from now on. */
export function useEngineSum(yes: bool): void {
  engineSums = yes;
}

// @ts-ignore: decorator
@inline
function weights(at: usize, column: usize): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.load(at + column * 4);
  return v128.load8x8_s(at + column * 2);
}

// @ts-ignore: decorator
@inline
function dot<S>(w: v128, x: v128, total: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (sizeof<S>() == sizeof<EngineSum>()) return i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, total);
    return i32x4.add(total, i32x4.dot_i16x8_s(i16x8.relaxed_dot_i8x16_i7x16_s(w, x), i16x8.splat(1)));
  }
  return i32x4.add(total, i32x4.dot_i16x8_s(w, x));
}

/** What a tile's rows and columns have in common. */
let at: usize = 0;
let panelEnd: usize = 0;
let panelSums: usize = 0;
let panelScales: usize = 0;
let panelBias: usize = 0;

// @ts-ignore: decorator
@inline
function finish(out: usize, low: v128, high: v128, scale: usize, zero: usize): void {
  const z = v128.load32_splat(zero);
  const s = v128.load32_splat(scale);
  const a = f32x4.convert_i32x4_s(i32x4.sub(low, i32x4.mul(z, v128.load(panelSums))));
  const b = f32x4.convert_i32x4_s(i32x4.sub(high, i32x4.mul(z, v128.load(panelSums, 16))));
  v128.store(out, madd(a, f32x4.mul(s, v128.load(panelScales)), v128.load(panelBias)));
  v128.store(out, madd(b, f32x4.mul(s, v128.load(panelScales, 16)), v128.load(panelBias, 16)), 16);
}

function tileOf6<S>(q: usize, last: i32, rowBytes: usize, scales: usize, zeros: usize, out: usize, outBytes: usize): void {
  const r1 = <usize>min(1, last), r2 = <usize>min(2, last), r3 = <usize>min(3, last), r4 = <usize>min(4, last), r5 = <usize>min(5, last);
  let x0 = q, x1 = q + r1 * rowBytes, x2 = q + r2 * rowBytes, x3 = q + r3 * rowBytes, x4 = q + r4 * rowBytes, x5 = q + r5 * rowBytes;
  let a0 = i32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
  const end = panelEnd;
  for (let p = at; p < end; p += 32) {
    const v = weights(p, 0), w = weights(p, 4);
    let x = v128.load32_splat(x0);
    a0 = dot<S>(v, x, a0); b0 = dot<S>(w, x, b0);
    x = v128.load32_splat(x1);
    a1 = dot<S>(v, x, a1); b1 = dot<S>(w, x, b1);
    x = v128.load32_splat(x2);
    a2 = dot<S>(v, x, a2); b2 = dot<S>(w, x, b2);
    x = v128.load32_splat(x3);
    a3 = dot<S>(v, x, a3); b3 = dot<S>(w, x, b3);
    x = v128.load32_splat(x4);
    a4 = dot<S>(v, x, a4); b4 = dot<S>(w, x, b4);
    x = v128.load32_splat(x5);
    a5 = dot<S>(v, x, a5); b5 = dot<S>(w, x, b5);
    if (!ASC_FEATURE_RELAXED_SIMD) { // whose steps are half as long
      const v = weights(p, 8), w = weights(p, 12);
      let x = v128.load32_splat(x0, 4);
      a0 = dot<S>(v, x, a0); b0 = dot<S>(w, x, b0);
      x = v128.load32_splat(x1, 4);
      a1 = dot<S>(v, x, a1); b1 = dot<S>(w, x, b1);
      x = v128.load32_splat(x2, 4);
      a2 = dot<S>(v, x, a2); b2 = dot<S>(w, x, b2);
      x = v128.load32_splat(x3, 4);
      a3 = dot<S>(v, x, a3); b3 = dot<S>(w, x, b3);
      x = v128.load32_splat(x4, 4);
      a4 = dot<S>(v, x, a4); b4 = dot<S>(w, x, b4);
      x = v128.load32_splat(x5, 4);
      a5 = dot<S>(v, x, a5); b5 = dot<S>(w, x, b5);
    }
    x0 += 4 * ACTIVATION; x1 += 4 * ACTIVATION; x2 += 4 * ACTIVATION; x3 += 4 * ACTIVATION; x4 += 4 * ACTIVATION; x5 += 4 * ACTIVATION;
  }
  finish(out, a0, b0, scales, zeros);
  finish(out + r1 * outBytes, a1, b1, scales + r1 * 4, zeros + r1 * 4);
  finish(out + r2 * outBytes, a2, b2, scales + r2 * 4, zeros + r2 * 4);
  finish(out + r3 * outBytes, a3, b3, scales + r3 * 4, zeros + r3 * 4);
  finish(out + r4 * outBytes, a4, b4, scales + r4 * 4, zeros + r4 * 4);
  finish(out + r5 * outBytes, a5, b5, scales + r5 * 4, zeros + r5 * 4);
}

function tileOf4<S>(q: usize, last: i32, rowBytes: usize, scales: usize, zeros: usize, out: usize, outBytes: usize): void {
  const r1 = <usize>min(1, last), r2 = <usize>min(2, last), r3 = <usize>min(3, last);
  let x0 = q, x1 = q + r1 * rowBytes, x2 = q + r2 * rowBytes, x3 = q + r3 * rowBytes;
  let a0 = i32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  const end = panelEnd;
  for (let p = at; p < end; p += 32) {
    const v = weights(p, 0), w = weights(p, 4);
    let x = v128.load32_splat(x0);
    a0 = dot<S>(v, x, a0); b0 = dot<S>(w, x, b0);
    x = v128.load32_splat(x1);
    a1 = dot<S>(v, x, a1); b1 = dot<S>(w, x, b1);
    x = v128.load32_splat(x2);
    a2 = dot<S>(v, x, a2); b2 = dot<S>(w, x, b2);
    x = v128.load32_splat(x3);
    a3 = dot<S>(v, x, a3); b3 = dot<S>(w, x, b3);
    if (!ASC_FEATURE_RELAXED_SIMD) { // whose steps are half as long
      const v = weights(p, 8), w = weights(p, 12);
      let x = v128.load32_splat(x0, 4);
      a0 = dot<S>(v, x, a0); b0 = dot<S>(w, x, b0);
      x = v128.load32_splat(x1, 4);
      a1 = dot<S>(v, x, a1); b1 = dot<S>(w, x, b1);
      x = v128.load32_splat(x2, 4);
      a2 = dot<S>(v, x, a2); b2 = dot<S>(w, x, b2);
      x = v128.load32_splat(x3, 4);
      a3 = dot<S>(v, x, a3); b3 = dot<S>(w, x, b3);
    }
    x0 += 4 * ACTIVATION; x1 += 4 * ACTIVATION; x2 += 4 * ACTIVATION; x3 += 4 * ACTIVATION;
  }
  finish(out, a0, b0, scales, zeros);
  finish(out + r1 * outBytes, a1, b1, scales + r1 * 4, zeros + r1 * 4);
  finish(out + r2 * outBytes, a2, b2, scales + r2 * 4, zeros + r2 * 4);
  finish(out + r3 * outBytes, a3, b3, scales + r3 * 4, zeros + r3 * 4);
}

function panels<S>(q: usize, scales: usize, zeros: usize, rows: i32, matrix: Matrix, out: usize): void {
  const rowBytes = <usize>(matrix.inputs * ACTIVATION);
  const outBytes = <usize>(matrix.outputs * 4);
  // Sixes and fours that make up the rows, or one more than these.
  const even = max(4, (rows + 1) & ~1);
  const fours = even % 6 == 0 ? 0 : even % 6 == 4 ? 1 : 2;
  const inSixes = even - 4 * fours;
  const panelBytes = <usize>(matrix.inputs * PANEL);
  for (let n: usize = 0; n < <usize>matrix.outputs; n += PANEL) {
    at = matrix.weights + n * matrix.inputs;
    panelEnd = at + panelBytes;
    panelSums = matrix.sums + n * 4;
    panelScales = matrix.scales + n * 4;
    panelBias = matrix.bias + n * 4;
    let m = 0;
    for (; m < inSixes; m += 6) {
      tileOf6<S>(q + <usize>m * rowBytes, rows - 1 - m, rowBytes, scales + m * 4, zeros + m * 4, out + <usize>m * outBytes + n * 4, outBytes);
    }
    for (; m < even; m += 4) {
      tileOf4<S>(q + <usize>m * rowBytes, rows - 1 - m, rowBytes, scales + m * 4, zeros + m * 4, out + <usize>m * outBytes + n * 4, outBytes);
    }
  }
}

/**
 * q [rows, inputs] with a scale and a zero point a row, times a matrix → f32 [rows, outputs]. Rows are at
 * most BLOCK where it matters, so that they stay in the first caches while the weights pass by.
 */
export function product(q: usize, scales: usize, zeros: usize, rows: i32, matrix: Matrix, out: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD && !engineSums) panels<OwnSum>(q, scales, zeros, rows, matrix, out);
  else panels<EngineSum>(q, scales, zeros, rows, matrix, out);
}
