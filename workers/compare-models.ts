/** Whether a GPU says what WASM says. Drivers and compilers have faults, and a wrong answer is worse than a slow one. */

import { distance, TOLERANCE } from '../src/core/agreement.js';
import { beliefOf } from '../src/core/entropy.js';
import type { Belief } from '../src/core/gate.js';
import type { Model } from './model.js';

const SENTENCE = 'Nobody had told them that the last train of the evening left from the other side of the river. ';
/** Of three lengths: other kernels run from 32 tokens on. */
export const TEXTS = { short: ['It works.'], longer: [SENTENCE, SENTENCE.repeat(3)] };

/**
 * Throws, saying how far they are apart, where they are further than numbers rounded in two ways can be.
 *
 * @param pause resolves when nothing else is to be done
 */
export async function compareModels(ones: Model, others: Model, texts: readonly string[], pause: () => Promise<void>): Promise<void> {
  for (const text of texts) {
    const [one, other] = [await beliefsOn(ones, text, pause), await beliefsOn(others, text, pause)];
    const apart = distance(one, other);
    if (apart > TOLERANCE) throw new Error(`Its probabilities are up to ${apart.toFixed(2)} off those of WASM.`);
  }
}

/** At all exits, of each of a text's windows. */
async function beliefsOn(model: Model, text: string, pause: () => Promise<void>): Promise<Belief[]> {
  const found: Belief[] = [];
  let batch = await model.embed([model.pkg.tokenizer.tokenize(text, 0)]);
  try {
    for (const stage of model.stages) {
      await pause();
      const ran = await stage.forward(batch, true);
      batch = ran.batch;
      if (!ran.reading) continue;
      for (const logits of await model.logits(ran.reading, stage)) found.push(beliefOf(logits, stage.number, model.pkg.manifest));
    }
  } finally {
    batch.free();
  }
  return found;
}
