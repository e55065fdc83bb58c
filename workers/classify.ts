/**
 * READ ME FIRST. The loop: layer after layer, and after each a gate, through which the texts
 * that are sure leave. (FastBERT, Liu et al., ACL 2020, section 3.3.)
 */

import type { Verdict } from '../src/contract.js';
import { gate } from '../src/core/gate.js';
import { planBatches } from './batch.js';
import type { Call } from './call.js';
import type { Model } from './model.js';
import { drop, Pools, rowsOf, whole, type Part } from './pools.js';
import { CallRecord } from './record.js';
import type { Stage } from './stage.js';
import type { Tokenized } from './tokenize.js';

/** Verdicts of a call's texts, in their order; each is also sent as soon as its text leaves. */
export async function classify(model: Model, call: Call, texts: readonly Tokenized[]): Promise<Verdict[]> {
  const record = new CallRecord(model, call, texts);
  const inputs = planBatches(texts, model.limits);
  const pools = new Pools(model.stages.length, model.limits);
  try {
    for (;;) {
      await call.checkpoint(); // a new speed holds from here, and a cancelled call ends here
      const next = pools.next(inputs.length > 0);
      const input = next ? undefined : inputs.shift();
      if (next) await step(model, call, record, pools, next.stage, next.parts);
      else if (input) pools.add(0, whole(await record.timed(input, 'embed', () => model.embed(input))));
      else return record.verdicts;
    }
  } finally {
    pools.free();
  }
}

/** Runs a stage on the texts that wait for it; those that stay wait for the next. */
async function step(model: Model, call: Call, record: CallRecord, pools: Pools, number: number, parts: Part[]): Promise<void> {
  const stage = model.stages[number]!;
  const batch = await record.timed(rowsOf(parts), 'compact', () => model.join(parts));
  let part: Part = { ...parts[0]!, ...whole(batch) };
  try {
    const thresholds = call.gates((asked) => model.gates?.open(asked, batch) ?? asked);
    const asks = (one: Stage): boolean => call.explores || one.isLast || thresholds[one.number]! > 0;
    if (!stage.isReady(asks(stage))) {
      record.waits(batch, number); // a deep layer has to load first, which is not the text's time
      await call.waitFor(stage.prepare(asks(stage)));
    }
    const ran = await record.timed(batch.rows, stage, () => part.ahead ?? stage.forward(batch, asks(stage)));
    part = { batch: ran.batch, rows: part.rows }; // its hidden states stay on the device
    if (ran.reading) {
      const { reading } = ran; // only this comes back
      const means = call.request.states ? model.means(ran.batch) : undefined; // and this, where it was asked for
      means?.catch(() => {}); // told where it is awaited
      const next = model.stages[number + 1];
      if (next && call.isOfOneText && model.gates?.looksAhead(thresholds, number, ran.batch)) {
        part.ahead = next.forward(ran.batch, asks(next)); // before the text is sure to stay
        part.ahead.catch(() => {}); // told where it is awaited
      }
      const logits = await record.timed(batch.rows, stage, () => model.logits(reading, stage), 'readback');
      const beliefs = record.believed(ran.batch, number, logits); // those of a text's windows are added up
      const { leaving, staying } = gate(beliefs, thresholds[number] ?? 0, stage.isLast);
      record.report(ran.batch, beliefs, leaving, await means);
      part.rows = staying;
    }
  } catch (error) {
    drop(part);
    throw error;
  }
  if (part.rows.length > 0) pools.add(number + 1, part);
  else drop(part);
}
