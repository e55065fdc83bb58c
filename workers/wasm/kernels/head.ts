/**
 * The classification head that an adopted model came with, as transformers has it: of the first token alone,
 * dense, activation, classify.
 */

import { activate } from './activation';
import { classify } from './classify';
import { roundedProduct } from './layer';
import { Batch, BLOCK, Head, Shape } from './structs';

/** Logits of a batch's texts → shape.logits f32 [texts, labels]. */
export function head(shape: Shape, weights: Head, batch: Batch): void {
  const bytes = <usize>shape.hidden * 4;
  for (let text = 0; text < batch.texts; text += BLOCK) {
    const texts = min(BLOCK, batch.texts - text);
    for (let i = 0; i < texts; i++) {
      const first = <usize>load<i32>(batch.starts + (text + i) * 4);
      memory.copy(shape.added + <usize>i * bytes, batch.hidden + first * bytes, bytes);
    }
    roundedProduct(shape, shape.added, texts, weights.dense, shape.added);
    activate(weights.activation, shape.added, <usize>(texts * shape.hidden));
    classify(shape, shape.added, shape.hidden, weights.classify, weights.classifyBias, texts, shape.logits + text * shape.labels * 4);
  }
}
