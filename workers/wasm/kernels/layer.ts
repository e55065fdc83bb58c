/** One post-norm transformer layer (BERT's) on a batch of texts of any lengths. */

import { attend } from './attention';
import { addNorm } from './norm';
import { product } from './product';
import { activateAndRoundRows, roundRows } from './round';
import { Batch, BLOCK, Layer, Matrix, Shape } from './structs';

/**
 * Hidden state i of a batch becomes hidden state i + 1, in its place. What is a row's own goes block by
 * block, so that little of it leaves the caches.
 */
export function layer(shape: Shape, weights: Layer, batch: Batch): void {
  const attention = shape.heads * shape.head;
  for (let row = 0; row < batch.rows; row += BLOCK) {
    const rows = min(BLOCK, batch.rows - row);
    roundedProduct(shape, batch.hidden + row * shape.hidden * 4, rows, weights.qkv, shape.qkv + row * 3 * attention * 4);
  }
  for (let text = 0; text < batch.texts; text++) {
    const start = load<i32>(batch.starts + text * 4);
    const tokens = load<i32>(batch.starts + text * 4, 4) - start;
    attend(shape, shape.qkv + start * 3 * attention * 4, shape.attended + start * attention * 4, tokens);
  }
  for (let row = 0; row < batch.rows; row += BLOCK) {
    const rows = min(BLOCK, batch.rows - row);
    const hidden = batch.hidden + row * shape.hidden * 4;
    roundedProduct(shape, shape.attended + row * attention * 4, rows, weights.out, shape.added);
    addNorm(shape, weights.norm1, hidden, shape.added, rows);
    roundedProduct(shape, hidden, rows, weights.up, shape.wide);
    activateAndRoundRows(shape.activation, shape.wide, rows, weights.down.inputs, weights.down.smooth, shape.rounded, shape.scales, shape.zeros);
    product(shape.rounded, shape.scales, shape.zeros, rows, weights.down, shape.added);
    addNorm(shape, weights.norm2, hidden, shape.added, rows);
  }
}

/** Rows f32 [at most BLOCK, inputs], rounded, times a matrix → f32 [rows, outputs]. */
export function roundedProduct(shape: Shape, x: usize, rows: i32, matrix: Matrix, out: usize): void {
  roundRows(x, rows, matrix.inputs, matrix.smooth, shape.rounded, shape.scales, shape.zeros);
  product(shape.rounded, shape.scales, shape.zeros, rows, matrix, out);
}
