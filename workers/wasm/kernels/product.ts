/**
 * Rounded activations times int8 weights, the sums exact in 32 bits: y = (Σ q·w - zero · Σ w) · scale · scaleₙ + biasₙ.
 *
 * Three kernels give the same integers: without relaxed SIMD products of 16 bits; with it products of 8, which
 * the engine sums up itself (one instruction on Arm and on x86 with VNNI, five on others), or of which it sums
 * two in 16 bits and we the rest. Of these, two are added in 16 bits before they are widened, where the
 * weights are such that no activations could make the four overflow (`pack.ts` tells; nearly everywhere).
 *
 * Tiles of up to 6 rows by 8 columns, 5 where we sum: what the 16 registers of x86 hold. A row that is missing
 * is its neighbour once more, so that every row is computed alike, alone or among others.
 */

import { madd } from './simd';
import { ACTIVATION, Matrix } from './structs';
import { PANEL, TOGETHER } from './pack';

/** Whose sum, and a tile's rows: told apart by their size at compile time. */
type EngineSum = i32;
type OwnSum = i16;
type Six = i64;
type Five = i32;
type Four = i16;

const ONES = memory.data<i16>([1, 1, 1, 1, 1, 1, 1, 1], 16);

let engineSums: bool = true;

/** Which of the relaxed kernels runs from now on. */
export function useEngineSum(yes: bool): void {
  engineSums = yes;
}

/** Four products, all alike, summed by the engine: `choose-kernels.ts` asks how it does so. */
export function dotOf(w: i32, x: i32): i32 {
  if (!ASC_FEATURE_RELAXED_SIMD) return 0;
  return i32x4.extract_lane(dot(i8x16.splat(<i8>w), i8x16.splat(<i8>x), i32x4.splat(0)), 0);
}

/** Weights of four columns, `offset` bytes into a panel's step. */
// @ts-ignore: decorator
@inline
function weights(p: usize, offset: usize): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.load(p + offset);
  return v128.load8x8_s(p + offset);
}

/** A row's activations from its `i`th on, as many as one instruction sums, for every column. */
// @ts-ignore: decorator
@inline
function activations(x: usize, i: usize): v128 {
  return v128.load32_splat(x + i * ACTIVATION);
}

// @ts-ignore: decorator
@inline
function dot(w: v128, x: v128, total: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, total);
  return i32x4.add(total, i32x4.dot_i16x8_s(w, x));
}

/** Two times four products a column, summed by us. */
// @ts-ignore: decorator
@inline
function dots(isApart: bool, v: v128, x: v128, w: v128, y: v128, ones: v128, total: v128): v128 {
  const first = i16x8.relaxed_dot_i8x16_i7x16_s(v, x);
  const second = i16x8.relaxed_dot_i8x16_i7x16_s(w, y);
  if (isApart) return i32x4.add(i32x4.add(total, i32x4.dot_i16x8_s(first, ones)), i32x4.dot_i16x8_s(second, ones));
  return i32x4.add(total, i32x4.dot_i16x8_s(i16x8.add(first, second), ones));
}

/** What a tile's rows and columns have in common. */
let at: usize = 0;
let panelEnd: usize = 0;
let panelApart: usize = 0;
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

function tile<S, Rows>(q: usize, last: i32, rowBytes: usize, scales: usize, zeros: usize, out: usize, outBytes: usize): void {
  const r1 = <usize>min(1, last), r2 = <usize>min(2, last), r3 = <usize>min(3, last), r4 = <usize>min(4, last), r5 = <usize>min(5, last);
  let x0 = q, x1 = q + r1 * rowBytes, x2 = q + r2 * rowBytes, x3 = q + r3 * rowBytes, x4 = q + r4 * rowBytes, x5 = q + r5 * rowBytes;
  let a0 = i32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
  let v: v128, w: v128, x: v128;
  const end = panelEnd;
  if (ASC_FEATURE_RELAXED_SIMD && sizeof<S>() == sizeof<OwnSum>()) {
    const ones = v128.load(ONES);
    let apart = panelApart;
    for (let p = at; p < end; p += 8 * PANEL) {
      if (load<u8>(apart++)) {
        v = weights(p, 0); w = weights(p, 32);
        a0 = dots(true, v, activations(x0, 0), w, activations(x0, 4), ones, a0);
        a1 = dots(true, v, activations(x1, 0), w, activations(x1, 4), ones, a1);
        a2 = dots(true, v, activations(x2, 0), w, activations(x2, 4), ones, a2);
        a3 = dots(true, v, activations(x3, 0), w, activations(x3, 4), ones, a3);
        if (sizeof<Rows>() >= sizeof<Five>()) a4 = dots(true, v, activations(x4, 0), w, activations(x4, 4), ones, a4);
        v = weights(p, 16); w = weights(p, 48);
        b0 = dots(true, v, activations(x0, 0), w, activations(x0, 4), ones, b0);
        b1 = dots(true, v, activations(x1, 0), w, activations(x1, 4), ones, b1);
        b2 = dots(true, v, activations(x2, 0), w, activations(x2, 4), ones, b2);
        b3 = dots(true, v, activations(x3, 0), w, activations(x3, 4), ones, b3);
        if (sizeof<Rows>() >= sizeof<Five>()) b4 = dots(true, v, activations(x4, 0), w, activations(x4, 4), ones, b4);
      } else {
        v = weights(p, 0); w = weights(p, 32);
        a0 = dots(false, v, activations(x0, 0), w, activations(x0, 4), ones, a0);
        a1 = dots(false, v, activations(x1, 0), w, activations(x1, 4), ones, a1);
        a2 = dots(false, v, activations(x2, 0), w, activations(x2, 4), ones, a2);
        a3 = dots(false, v, activations(x3, 0), w, activations(x3, 4), ones, a3);
        if (sizeof<Rows>() >= sizeof<Five>()) a4 = dots(false, v, activations(x4, 0), w, activations(x4, 4), ones, a4);
        v = weights(p, 16); w = weights(p, 48);
        b0 = dots(false, v, activations(x0, 0), w, activations(x0, 4), ones, b0);
        b1 = dots(false, v, activations(x1, 0), w, activations(x1, 4), ones, b1);
        b2 = dots(false, v, activations(x2, 0), w, activations(x2, 4), ones, b2);
        b3 = dots(false, v, activations(x3, 0), w, activations(x3, 4), ones, b3);
        if (sizeof<Rows>() >= sizeof<Five>()) b4 = dots(false, v, activations(x4, 0), w, activations(x4, 4), ones, b4);
      }
      x0 += 8; x1 += 8; x2 += 8; x3 += 8; x4 += 8;
    }
  } else {
    for (let p = at; p < end; p += 4 * PANEL) {
      v = weights(p, 0); w = weights(p, TOGETHER * 4);
      x = activations(x0, 0); a0 = dot(v, x, a0); b0 = dot(w, x, b0);
      x = activations(x1, 0); a1 = dot(v, x, a1); b1 = dot(w, x, b1);
      x = activations(x2, 0); a2 = dot(v, x, a2); b2 = dot(w, x, b2);
      x = activations(x3, 0); a3 = dot(v, x, a3); b3 = dot(w, x, b3);
      if (sizeof<Rows>() >= sizeof<Five>()) { x = activations(x4, 0); a4 = dot(v, x, a4); b4 = dot(w, x, b4); }
      if (sizeof<Rows>() >= sizeof<Six>()) { x = activations(x5, 0); a5 = dot(v, x, a5); b5 = dot(w, x, b5); }
      if (!ASC_FEATURE_RELAXED_SIMD) { // whose steps are half as long
        v = weights(p, 16); w = weights(p, 24);
        x = activations(x0, 2); a0 = dot(v, x, a0); b0 = dot(w, x, b0);
        x = activations(x1, 2); a1 = dot(v, x, a1); b1 = dot(w, x, b1);
        x = activations(x2, 2); a2 = dot(v, x, a2); b2 = dot(w, x, b2);
        x = activations(x3, 2); a3 = dot(v, x, a3); b3 = dot(w, x, b3);
        if (sizeof<Rows>() >= sizeof<Five>()) { x = activations(x4, 2); a4 = dot(v, x, a4); b4 = dot(w, x, b4); }
        if (sizeof<Rows>() >= sizeof<Six>()) { x = activations(x5, 2); a5 = dot(v, x, a5); b5 = dot(w, x, b5); }
      }
      x0 += 4 * ACTIVATION; x1 += 4 * ACTIVATION; x2 += 4 * ACTIVATION; x3 += 4 * ACTIVATION; x4 += 4 * ACTIVATION; x5 += 4 * ACTIVATION;
    }
  }
  finish(out, a0, b0, scales, zeros);
  finish(out + r1 * outBytes, a1, b1, scales + r1 * 4, zeros + r1 * 4);
  finish(out + r2 * outBytes, a2, b2, scales + r2 * 4, zeros + r2 * 4);
  finish(out + r3 * outBytes, a3, b3, scales + r3 * 4, zeros + r3 * 4);
  if (sizeof<Rows>() >= sizeof<Five>()) finish(out + r4 * outBytes, a4, b4, scales + r4 * 4, zeros + r4 * 4);
  if (sizeof<Rows>() >= sizeof<Six>()) finish(out + r5 * outBytes, a5, b5, scales + r5 * 4, zeros + r5 * 4);
}

function panels<S>(q: usize, scales: usize, zeros: usize, rows: i32, matrix: Matrix, out: usize): void {
  const rowBytes = <usize>(matrix.inputs * ACTIVATION);
  const outBytes = <usize>(matrix.outputs * 4);
  // As few tiles as there can be, and of nearly one size.
  const most = sizeof<S>() == sizeof<OwnSum>() ? 5 : 6;
  const tiles = (rows + most - 1) / most;
  const panelBytes = <usize>(matrix.inputs * PANEL);
  for (let n: usize = 0; n < <usize>matrix.outputs; n += PANEL) {
    at = matrix.weights + n * matrix.inputs;
    panelEnd = at + panelBytes;
    panelApart = matrix.apart + n * matrix.inputs / (8 * PANEL);
    panelSums = matrix.sums + n * 4;
    panelScales = matrix.scales + n * 4;
    panelBias = matrix.bias + n * 4;
    let m = 0;
    for (let left = tiles; left > 0; left--) {
      const size = (rows - m + left - 1) / left;
      const x = q + <usize>m * rowBytes, s = scales + m * 4, z = zeros + m * 4, y = out + <usize>m * outBytes + n * 4;
      if (sizeof<S>() == sizeof<EngineSum>() && size == 6) tile<S, Six>(x, size - 1, rowBytes, s, z, y, outBytes);
      else if (size == 5) tile<S, Five>(x, size - 1, rowBytes, s, z, y, outBytes);
      else tile<S, Four>(x, size - 1, rowBytes, s, z, y, outBytes);
      m += size;
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
