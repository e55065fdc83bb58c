/**
 * What `bench/engine.ts` holds products against: the instructions of their inner loops and nothing else, on
 * numbers that never leave the registers. Twelve sums, so that none has to wait for itself.
 */

/** Runs `count` times 12 sums of 16 multiply-adds, by the kernel: 0 plain, 1 relaxed and summed by us, 2 by the engine. */
export function peak(kernel: i32, count: i32): i32 {
  if (ASC_FEATURE_RELAXED_SIMD && kernel == 1) return ownSum(count);
  if (ASC_FEATURE_RELAXED_SIMD && kernel == 2) return engineSum(count);
  return plain(count);
}

// @ts-ignore: decorator
@inline
function total(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, i: v128, j: v128, k: v128, l: v128): i32 {
  const all = i32x4.add(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)), i32x4.add(i32x4.add(e, f), i32x4.add(g, h)));
  return i32x4.extract_lane(i32x4.add(all, i32x4.add(i32x4.add(i, j), i32x4.add(k, l))), 0);
}

/** Instructions of 8 multiply-adds: two for 16. (Each multiplies its own sum, or the compiler would see that all are alike.) */
function plain(count: i32): i32 {
  let a = i32x4.splat(1), b = i32x4.splat(2), c = i32x4.splat(3), d = i32x4.splat(4), e = i32x4.splat(5), f = i32x4.splat(6), g = i32x4.splat(7), h = i32x4.splat(8), i = i32x4.splat(9), j = i32x4.splat(10), k = i32x4.splat(11), l = i32x4.splat(12);
  const w = i16x8.splat(5);
  for (let n = 0; n < 2 * count; n++) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(w, a)); b = i32x4.add(b, i32x4.dot_i16x8_s(w, b)); c = i32x4.add(c, i32x4.dot_i16x8_s(w, c));
    d = i32x4.add(d, i32x4.dot_i16x8_s(w, d)); e = i32x4.add(e, i32x4.dot_i16x8_s(w, e)); f = i32x4.add(f, i32x4.dot_i16x8_s(w, f));
    g = i32x4.add(g, i32x4.dot_i16x8_s(w, g)); h = i32x4.add(h, i32x4.dot_i16x8_s(w, h)); i = i32x4.add(i, i32x4.dot_i16x8_s(w, i));
    j = i32x4.add(j, i32x4.dot_i16x8_s(w, j)); k = i32x4.add(k, i32x4.dot_i16x8_s(w, k)); l = i32x4.add(l, i32x4.dot_i16x8_s(w, l));
  }
  return total(a, b, c, d, e, f, g, h, i, j, k, l);
}

/** Two by two, as nearly everywhere (`pack.ts`). */
function ownSum(count: i32): i32 {
  let a = i32x4.splat(1), b = i32x4.splat(2), c = i32x4.splat(3), d = i32x4.splat(4), e = i32x4.splat(5), f = i32x4.splat(6), g = i32x4.splat(7), h = i32x4.splat(8), i = i32x4.splat(9), j = i32x4.splat(10), k = i32x4.splat(11), l = i32x4.splat(12);
  const w = i8x16.splat(5);
  const x = i8x16.splat(3);
  for (let n = 0; n < count >> 1; n++) {
    a = i32x4.add(a, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, a), i16x8.relaxed_dot_i8x16_i7x16_s(x, a)))); b = i32x4.add(b, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, b), i16x8.relaxed_dot_i8x16_i7x16_s(x, b))));
    c = i32x4.add(c, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, c), i16x8.relaxed_dot_i8x16_i7x16_s(x, c)))); d = i32x4.add(d, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, d), i16x8.relaxed_dot_i8x16_i7x16_s(x, d))));
    e = i32x4.add(e, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, e), i16x8.relaxed_dot_i8x16_i7x16_s(x, e)))); f = i32x4.add(f, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, f), i16x8.relaxed_dot_i8x16_i7x16_s(x, f))));
    g = i32x4.add(g, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, g), i16x8.relaxed_dot_i8x16_i7x16_s(x, g)))); h = i32x4.add(h, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, h), i16x8.relaxed_dot_i8x16_i7x16_s(x, h))));
    i = i32x4.add(i, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, i), i16x8.relaxed_dot_i8x16_i7x16_s(x, i)))); j = i32x4.add(j, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, j), i16x8.relaxed_dot_i8x16_i7x16_s(x, j))));
    k = i32x4.add(k, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, k), i16x8.relaxed_dot_i8x16_i7x16_s(x, k)))); l = i32x4.add(l, i32x4.extadd_pairwise_i16x8_s(i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(w, l), i16x8.relaxed_dot_i8x16_i7x16_s(x, l))));
  }
  return total(a, b, c, d, e, f, g, h, i, j, k, l);
}

function engineSum(count: i32): i32 {
  let a = i32x4.splat(1), b = i32x4.splat(2), c = i32x4.splat(3), d = i32x4.splat(4), e = i32x4.splat(5), f = i32x4.splat(6), g = i32x4.splat(7), h = i32x4.splat(8), i = i32x4.splat(9), j = i32x4.splat(10), k = i32x4.splat(11), l = i32x4.splat(12);
  const w = i8x16.splat(5);
  const x = i8x16.splat(3);
  for (let n = 0; n < count; n++) {
    a = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, a); b = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, b); c = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, c);
    d = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, d); e = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, e); f = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, f);
    g = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, g); h = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, h); i = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, i);
    j = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, j); k = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, k); l = i32x4.relaxed_dot_i8x16_i7x16_add_s(w, x, l);
  }
  return total(a, b, c, d, e, f, g, h, i, j, k, l);
}
