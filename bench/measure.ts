/** The half of `evaluate` that runs in the page: the real library, timed around each call. */

import type { Target } from '../src/core/index.js';
import type { Belief, TextClassificationPipeline, TextOrPair, Verdict } from '../src/index.js';

/** What became of one text. */
export interface Outcome {
  /** Class numbers in order: one or, of a multi-label model, all that were said. */
  labels: number[];
  exit: number;
  depth: number;
  uncertainty: number;
  /** Uncertainties that were held against a threshold, in order; the last exit is not gated. */
  gated: Pick<Belief, 'exit' | 'uncertainty'>[];
  /** Wall time of the call. */
  ms: number;
}

/** One call a text. */
export async function oneByOne(
  classify: TextClassificationPipeline,
  texts: TextOrPair[],
  target: Target,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const text of texts) {
    const start = performance.now();
    const [verdict] = await classify.trace([text], target);
    const ms = performance.now() - start;
    outcomes.push({ ...outcomeOf(verdict!, classify.info), ms });
  }
  return outcomes;
}

/** One call for all texts; its wall time in milliseconds. */
export async function together(
  classify: TextClassificationPipeline,
  texts: TextOrPair[],
  target: Target,
): Promise<number> {
  const start = performance.now();
  await classify.trace(texts, target);
  return performance.now() - start;
}

/** One text through several models, one after another; milliseconds of each call. */
export async function turns(
  models: TextClassificationPipeline[],
  text: string,
  order: { model: number; speed: number }[],
): Promise<number[]> {
  const times: number[] = [];
  for (const { model, speed } of order) {
    const start = performance.now();
    await models[model]!.trace([text], { speed });
    times.push(performance.now() - start);
  }
  return times;
}

function outcomeOf(
  { labels: said, exit, depth, uncertainty, trajectory }: Verdict,
  { labels, layers }: TextClassificationPipeline['info'],
): Omit<Outcome, 'ms'> {
  const gated = trajectory.filter((belief) => belief.exit < layers);
  return {
    labels: said.map((label) => labels.indexOf(label)).toSorted((a, b) => a - b),
    exit,
    depth,
    uncertainty,
    gated: gated.map((belief) => ({ exit: belief.exit, uncertainty: belief.uncertainty })),
  };
}
