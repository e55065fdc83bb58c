/**
 * What the host writes into memory for the kernels, field after field of four bytes; `engine.ts` has the
 * same order. Sizes are padded with zeros: rows of numbers to multiples of 16, outputs to multiples of 8.
 */

/** int8 weights [inputs, outputs] and what belongs to them. */
@unmanaged
export class Matrix {
  inputs: i32;
  outputs: i32;
  /** As `pack` lays them. */
  weights: usize;
  /** Where sums of 16 bits could overflow, u8 [outputs / 8, inputs / 8]. */
  apart: usize;
  /** Of each column's weights, i32 [outputs]. */
  sums: usize;
  /** f32 [outputs]. */
  scales: usize;
  bias: usize;
  /** What each input is multiplied by before it is rounded, f32 [inputs]; 0 where by nothing. */
  smooth: usize;
}

/** LayerNorm's, f32 [hidden] each. */
@unmanaged
export class Norm {
  weight: usize;
  bias: usize;
}

@unmanaged
export class Layer {
  qkv: Matrix;
  out: Matrix;
  up: Matrix;
  down: Matrix;
  norm1: Norm;
  norm2: Norm;
}

@unmanaged
export class Exit {
  narrow: Matrix;
  ask: Matrix;
  answer: Matrix;
  /** f32 [exit size, labels], and f32 [labels]. */
  classify: usize;
  classifyBias: usize;
}

/** A model's own classification head. */
@unmanaged
export class Head {
  dense: Matrix;
  /** As in `activation.ts`. */
  activation: i32;
  /** f32 [hidden, labels], and f32 [labels]. */
  classify: usize;
  classifyBias: usize;
}

/** Sizes of a model, padded unless said, and the room that kernels work in. */
@unmanaged
export class Shape {
  hidden: i32;
  /** Not padded: LayerNorm's mean is over these. */
  hiddenReal: i32;
  epsilon: f32;
  heads: i32;
  head: i32;
  /** (Real width of a head) ^ -1/2. */
  headScale: f32;
  /** Of the wide activations, as in `activation.ts`. */
  activation: i32;
  exit: i32;
  exitHeads: i32;
  exitScale: f32;
  labels: i32;
  /** f32 [rows, 3 · heads · head]. */
  qkv: usize;
  /** f32 [rows, heads · head]. */
  attended: usize;
  /** f32 [longest / 8, head, 8], a head's keys; longest a multiple of 8. */
  keys: usize;
  /** f32 [head / 8, longest, 8], its values. */
  values: usize;
  /** f32 [4, longest]. */
  scores: usize;
  /** f32 [4]. */
  shares: usize;
  /** A block of rows, rounded: [BLOCK, widest], and f32 and i32 a row. */
  rounded: usize;
  scales: usize;
  zeros: usize;
  /** f32 [BLOCK, hidden]. */
  added: usize;
  /** f32 [BLOCK, intermediate]. */
  wide: usize;
  /** f32 [rows, exit]. */
  narrow: usize;
  /** Of a block of texts, f32 [BLOCK, exit heads · exit] each. */
  asked: usize;
  means: usize;
  /** f32 [BLOCK, exit]. */
  answer: usize;
  /** f32 [texts, labels]. */
  logits: usize;
}

/** Texts on their way: their tokens end to end. */
@unmanaged
export class Batch {
  texts: i32;
  rows: i32;
  /** Where each text begins, and where the last ends, i32 [texts + 1]. */
  starts: usize;
  /** f32 [rows, hidden]. */
  hidden: usize;
}

/** Rows that share a read of a layer's weights: as many as lie in the first caches beside a panel of them. */
export const BLOCK: i32 = 48;
/** Bytes of a rounded activation: multiplied as i8 by relaxed SIMD, as i16 without. */
export const ACTIVATION: i32 = ASC_FEATURE_RELAXED_SIMD ? 1 : 2;
