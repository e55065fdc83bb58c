/**
 * READ ME FIRST. The loop: layer after layer, and after each a gate, through which the texts
 * that are sure leave. (FastBERT, Liu et al., ACL 2020, section 3.3.)
 */

import type { Verdict } from '../src/contract.js';
import { gate } from '../src/core/gate.js';
import { free, planBatches, type Batch } from './batch.js';
import type { Call } from './call.js';
import type { Model } from './model.js';
import { CallRecord } from './record.js';
import type { Stage } from './stage.js';
import type { Tokenized } from './tokenize.js';

/** Verdicts of a call's texts, in their order; each is also sent as soon as its text leaves. */
export async function classify(model: Model, call: Call): Promise<Verdict[]> {
  const record = new CallRecord(model, call);
  const texts: Tokenized[] = [];
  for (const [index, text] of call.request.texts.entries()) {
    await call.checkpoint();
    texts.push(model.pkg.tokenizer.tokenize(text, index));
  }
  for (const batch of planBatches(texts, model.limits)) await run(model, call, record, batch);
  return record.verdicts;
}

async function run(model: Model, call: Call, record: CallRecord, texts: Tokenized[]): Promise<void> {
  record.begin(texts);
  let batch: Batch = await record.timed(texts, 'embed', () => model.embed(texts));
  let ahead: ReturnType<Stage['forward']> | undefined; // the next layer, begun before its text was sure to stay
  try {
    for (const stage of model.stages) {
      await call.checkpoint(); // a new speed holds from here, and a cancelled call ends here
      const thresholds = call.gates((asked) => model.gates?.open(asked, batch) ?? asked);
      const asks = (one: Stage): boolean => call.explores || one.isLast || thresholds[one.number]! > 0;
      await stage.prepare(asks(stage)); // deep layers may have to load first, which is not the text's time
      const ran = await record.timed(batch.rows, stage, () => ahead ?? stage.forward(batch, asks(stage)));
      ahead = undefined;
      batch = ran.batch; // its hidden states stay on the device
      const { reading } = ran; // only this comes back
      if (!reading) continue;
      const next = model.stages[stage.number + 1];
      if (next && model.gates?.looksAhead(thresholds, stage.number, batch)) {
        ahead = next.forward(batch, asks(next));
        ahead.catch(() => {}); // told where it is awaited
      }
      const beliefs = await record.timed(batch.rows, stage, () => model.beliefs(reading, stage), 'readback');
      const { leaving, staying } = gate(beliefs, thresholds[stage.number] ?? 0, stage.isLast);
      record.report(batch, beliefs, leaving);
      if (staying.length === 0) break;
      batch = await record.timed(batch.rows, 'compact', () => model.compact(batch, staying));
    }
  } finally {
    // What was begun for a text that has left is let end, and dropped.
    if (ahead) void ahead.then((ran) => free(ran.batch), () => {});
    else free(batch);
  }
}
