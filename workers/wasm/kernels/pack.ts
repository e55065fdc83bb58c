/** int8 weights, row-major as shards have them, laid as `product` reads them. */

import { Matrix } from './structs';

/** Inputs of a column side by side: as many as one instruction sums. */
export const TOGETHER: i32 = ASC_FEATURE_RELAXED_SIMD ? 4 : 2;
/** 127 times it still fits 16 bits. */
const ENOUGH: i16 = 258;
/** Columns side by side. */
export const PANEL: i32 = 8;

/**
 * Four rows of weights i8 [4, outputs], padded, as the matrix's inputs `at` to `at` + 3: panels of 8
 * columns, in which [inputs / TOGETHER, 8, TOGETHER]. Adds them to the columns' sums. `at` rises by fours.
 */
export function packRows(matrix: Matrix, rows: usize, at: i32): void {
  const outputs = <usize>matrix.outputs;
  const panelBytes = <usize>(matrix.inputs * PANEL);
  let to = matrix.weights + at * PANEL;
  for (let n: usize = 0; n < outputs; n += PANEL) {
    const r = rows + n;
    const first = i8x16.shuffle(v128.load64_zero(r), v128.load64_zero(r + outputs), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const second = i8x16.shuffle(v128.load64_zero(r + 2 * outputs), v128.load64_zero(r + 3 * outputs), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    if (ASC_FEATURE_RELAXED_SIMD) {
      const low = v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
      const high = v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
      v128.store(to, low);
      v128.store(to, high, 16);
      if (at & 4) {
        const apart = mayOverflow(v128.load(to - 32), low) || mayOverflow(v128.load(to - 16), high);
        store<u8>(matrix.apart + (n / PANEL * matrix.inputs + at) / 8, u8(apart));
      }
    } else {
      v128.store(to, first);
      v128.store(to, second, 16);
    }
    // Sums of a column's two and two.
    const pairs = i16x8.add(i16x8.extadd_pairwise_i8x16_s(first), i16x8.extadd_pairwise_i8x16_s(second));
    const sums = matrix.sums + n * 4;
    v128.store(sums, i32x4.add(v128.load(sums), i32x4.extend_low_i16x8_s(pairs)));
    v128.store(sums, i32x4.add(v128.load(sums, 16), i32x4.extend_high_i16x8_s(pairs)), 16);
    to += panelBytes;
  }
}

/**
 * Whether activations from 0 to 127 can make two pairs of products of a lane more than 16 bits hold: weights
 * i8 of four columns, four inputs each.
 */
// @ts-ignore: decorator
@inline
function mayOverflow(v: v128, w: v128): bool {
  const nothing = i8x16.splat(0);
  const most = i16x8.add(i16x8.extadd_pairwise_i8x16_s(i8x16.max_s(v, nothing)), i16x8.extadd_pairwise_i8x16_s(i8x16.max_s(w, nothing)));
  const least = i16x8.add(i16x8.extadd_pairwise_i8x16_s(i8x16.min_s(v, nothing)), i16x8.extadd_pairwise_i8x16_s(i8x16.min_s(w, nothing)));
  return v128.any_true(v128.or(i16x8.gt_s(most, i16x8.splat(ENOUGH)), i16x8.lt_s(least, i16x8.splat(-ENOUGH))));
}
