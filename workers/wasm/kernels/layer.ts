/** One post-norm transformer layer (BERT's) on a batch of texts of any lengths. */

import { attend } from './attention';
import { addNormRound } from './norm';
import { product } from './product';
import { geluAndRoundRows, roundRows } from './round';
import { ACTIVATION, Batch, BLOCK, Layer, Shape } from './structs';

/** Hidden state i of a batch becomes hidden state i + 1, in its place. */
export function layer(shape: Shape, weights: Layer, batch: Batch): void {
  const attention = shape.heads * shape.head;
  product(batch.rounded, batch.scales, batch.zeros, batch.rows, weights.qkv, shape.qkv);
  for (let text = 0; text < batch.texts; text++) {
    const start = load<i32>(batch.starts + text * 4);
    const tokens = load<i32>(batch.starts + text * 4, 4) - start;
    attend(shape, shape.qkv + start * 3 * attention * 4, shape.attended + start * attention * 4, tokens);
  }
  // What is a row's own goes block by block, so that little of it leaves the caches.
  for (let row = 0; row < batch.rows; row += BLOCK) {
    const rows = min(BLOCK, batch.rows - row);
    const hidden = batch.hidden + row * shape.hidden * 4;
    const q = shape.rounded;
    const scales = shape.scales;
    const zeros = shape.zeros;
    roundRows(shape.attended + row * attention * 4, rows, weights.out.inputs, 0, q, scales, zeros);
    product(q, scales, zeros, rows, weights.out, shape.added);
    addNormRound(shape, weights.norm1, hidden, shape.added, rows, weights.up.smooth, q, scales, zeros);
    product(q, scales, zeros, rows, weights.up, shape.wide);
    geluAndRoundRows(shape.wide, rows, weights.down.inputs, weights.down.smooth, q, scales, zeros);
    product(q, scales, zeros, rows, weights.down, shape.added);
    addNormRound(
      shape, weights.norm2, hidden, shape.added, rows,
      0, batch.rounded + row * shape.hidden * ACTIVATION, batch.scales + row * 4, batch.zeros + row * 4,
    );
  }
}
