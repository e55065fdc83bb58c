/**
 * What SIMD128 lacks: multiply and add in one, exp, tanh and GELU of four numbers, sums across lanes.
 * The relaxed build may round a multiply and add once instead of twice, as the machine does.
 */

/** 1.5 · 2²³: what is added to it is rounded, ties to even, and lies in its low bits. */
export const MAGIC: f32 = 12582912;

// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/*
 * Numbers come from memory: one instruction. A literal is made anew wherever it stands, in three, and a
 * polynomial would take longer over its coefficients than over its sums.
 */
const EXP = memory.data<f32>([
  87, -87, 1.4426950408889634, MAGIC, -0.693359375, 2.1219444e-4,
  0.0013814613, 0.0083687100, 0.0416683874, 0.1666652069, 0.4999999345, 1,
], 16);
const GELU = memory.data<f32>([
  0.0000029321401, -0.0000167431955, 0.0000975639014, 0.0001113935565, 0.0009806077555, 0.0085916694, 0.0447887886, 0.0997324969, 1, 0.5,
], 16);

// @ts-ignore: decorator
@inline
function number(table: usize, i: usize): v128 {
  return v128.load32_splat(table + i * 4);
}

/**
 * e^x, relative error below 2e-7 for x from -87 to 87; what is beyond is taken for the nearest of the two.
 * x = n ln 2 + r with |r| at most ln 2 / 2, in which e^r is 1 + r + a polynomial of degree 6 (fitted by
 * training/study/polynomials.py, its error 3e-9); ln 2 is subtracted in two parts (Cody and Waite, 1980).
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, number(EXP, 0)), number(EXP, 1)); // in this order NaN stays NaN
  const magic = number(EXP, 3);
  const shifted = madd(clamped, number(EXP, 2), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, number(EXP, 4), clamped);
  r = madd(n, number(EXP, 5), r);
  let y = madd(number(EXP, 6), r, number(EXP, 7));
  y = madd(y, r, number(EXP, 8));
  y = madd(y, r, number(EXP, 9));
  y = madd(y, r, number(EXP, 10));
  y = madd(y, r, number(EXP, 11));
  y = madd(y, r, number(EXP, 11));
  return i32x4.add(y, i32x4.shl(shifted, 23)); // times 2^n
}

/** tanh x = 1 - 2 / (e^2x + 1), absolute error below 2e-7. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp(f32x4.add(x, x)), one)));
}

/**
 * GELU with erf: x/2 (1 + erf(x/√2)), absolute error below 4e-7. As Abramowitz and Stegun, 7.1.28, without
 * an exponential: erfc(z/√2) = 1 / p(z)⁸; p is a polynomial of degree 8 (fitted by
 * training/study/polynomials.py, its error 5e-8): to a higher power it would round more.
 */
// @ts-ignore: decorator
@inline
export function gelu(x: v128): v128 {
  const z = f32x4.abs(x);
  let y = madd(number(GELU, 0), z, number(GELU, 1));
  y = madd(y, z, number(GELU, 2));
  y = madd(y, z, number(GELU, 3));
  y = madd(y, z, number(GELU, 4));
  y = madd(y, z, number(GELU, 5));
  y = madd(y, z, number(GELU, 6));
  y = madd(y, z, number(GELU, 7));
  y = madd(y, z, number(GELU, 8));
  y = f32x4.mul(y, y);
  y = f32x4.mul(y, y);
  y = f32x4.mul(y, y);
  return f32x4.sub(f32x4.pmax(f32x4.splat(0), x), f32x4.div(f32x4.mul(number(GELU, 9), z), y));
}

/** GELU's approximation by tanh, error below 6e-7 of the larger of 1 and its value: x/2 (1 + tanh u) is x - x / (e^2u + 1), with u = √(2/π) (x + 0.044715 x³). */
// @ts-ignore: decorator
@inline
export function geluNew(x: v128): v128 {
  const twice = f32x4.mul(x, madd(f32x4.mul(x, x), f32x4.splat(0.07135481282), f32x4.splat(1.5957691216)));
  return f32x4.sub(x, f32x4.div(x, f32x4.add(exp(twice), f32x4.splat(1))));
}

// @ts-ignore: decorator
@inline
export function sum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** The largest of the four, in all four. */
// @ts-ignore: decorator
@inline
export function largest(v: v128): v128 {
  const pairs = f32x4.pmax(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.pmax(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2));
}

/** The smallest of the four, in all four. */
// @ts-ignore: decorator
@inline
export function smallest(v: v128): v128 {
  const pairs = f32x4.pmin(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.pmin(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2));
}
