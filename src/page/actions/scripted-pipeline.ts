/** For tests: a pipeline that answers when it is told to, and with what. */

import type { ModelInfo, TextClassificationPipeline, TextOrPair, TraceOptions, Verdict } from '../../index.js';

export interface Call<Answer> {
  texts: TextOrPair[];
  options: TraceOptions;
  answer(told: Answer): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** @param settled resolves once all that follows from an answer is done */
export function scriptedPipeline<Answer>(info: ModelInfo, verdictsOf: (told: Answer) => Verdict[], settled: () => Promise<void>) {
  const calls: Call<Answer>[] = [];
  const pipeline = {
    info,
    trace: (texts: TextOrPair[], options: TraceOptions) =>
      new Promise<Verdict[]>((resolve, reject) => {
        options.signal!.addEventListener('abort', () => reject(new Error('aborted')));
        calls.push({
          texts,
          options,
          answer: (told) => (resolve(verdictsOf(told)), settled()),
          fail: (error) => (reject(error), settled()),
        });
      }),
  } as unknown as TextClassificationPipeline;
  return { pipeline, calls };
}
