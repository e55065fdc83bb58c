/** What a call has seen so far of each of its texts, and what it tells of it. */

import type { StageTimes, Verdict } from '../src/contract.js';
import { beliefOf } from '../src/core/entropy.js';
import { labelsOf, leaves, likeliest, type Belief } from '../src/core/gate.js';
import { replay } from '../src/core/replay.js';
import type { Batch } from './batch.js';
import type { Call } from './call.js';
import type { Model } from './model.js';
import type { Tokenized } from './tokenize.js';

interface Trace {
  text: Tokenized;
  trajectory: Belief[];
  times: StageTimes;
  /** Of where it leaves, once it does. */
  state?: Float32Array;
}

export class CallRecord {
  readonly verdicts: Verdict[] = [];
  private readonly traces: Trace[] = [];

  constructor(
    private readonly model: Model,
    private readonly call: Call,
    texts: readonly Tokenized[],
  ) {
    for (const text of texts) {
      const times = { tokenize: text.time, embed: 0, steps: [], readback: 0, compact: 0, total: 0 };
      this.traces[text.index] = { text, trajectory: [], times };
    }
  }

  /** Does a task and shares its milliseconds among the texts that it was done for. */
  async timed<T>(
    texts: readonly { index: number }[],
    what: 'embed' | 'compact' | { number: number },
    task: () => Promise<T>,
    also?: 'readback',
  ): Promise<T> {
    const start = performance.now();
    const result = await task();
    const share = (performance.now() - start) / texts.length;
    for (const { index } of texts) {
      const { times } = this.traces[index]!;
      if (typeof what === 'string') times[what] += share;
      else times.steps[what.number] = (times.steps[what.number] ?? 0) + share;
      if (also) times[also] += share;
    }
    return result;
  }

  /**
   * What an exit says, but of texts of which nothing could be read: of those it would be what it says of
   * unknown words, maybe with certainty. They are wholly uncertain at every exit (training/package.py: the same).
   */
  believed(batch: Batch, beliefs: readonly Belief[]): Belief[] {
    const { manifest } = this.model.pkg;
    const even = new Float32Array(manifest.labels.length);
    return beliefs.map((belief, row) =>
      this.traces[batch.rows[row]!.index]!.text.readable ? belief : beliefOf(even, belief.exit, manifest),
    );
  }

  /** Says of texts that have a belief that they wait for a layer which is still loading. */
  waits(batch: Batch, layer: number): void {
    for (const { index } of batch.rows) {
      const belief = this.traces[index]!.trajectory.at(-1);
      if (belief) this.call.emit({ index, belief, waitsFor: layer });
    }
  }

  /**
   * Adds an exit's beliefs to the trajectories, and says so; texts that leave get their verdict.
   *
   * @param means of the rows' hidden states [rows, hidden_size], where they were asked for
   */
  report(batch: Batch, beliefs: readonly Belief[], leaving: readonly number[], means?: Float32Array): void {
    const left = new Set(leaving);
    batch.rows.forEach(({ index }, row) => {
      const belief = beliefs[row]!;
      const trace = this.traces[index]!;
      trace.trajectory.push(belief);
      // Exploring, a text goes on from where it would have left.
      if (means && (left.has(row) || leaves(belief, this.call.thresholds[belief.exit] ?? 0, false))) {
        const size = means.length / batch.rows.length;
        trace.state ??= means.slice(row * size, (row + 1) * size);
      }
      if (!left.has(row)) return this.call.emit({ index, belief });
      const verdict = this.verdict(trace, belief);
      this.verdicts[index] = verdict;
      this.call.emit({ index, belief, verdict });
    });
  }

  /** A text's verdict where it leaves; in explore mode as it would have been under the call's thresholds. */
  private verdict({ text, trajectory, times, state }: Trace, last: Belief): Verdict {
    const { labels } = this.model.pkg.manifest;
    const answer = replay(trajectory, this.call.thresholds) ?? last;
    const { probabilities } = answer;
    const best = likeliest(answer);
    const steps = Array.from(times.steps, (ms) => ms ?? 0);
    const { tokenize, embed, compact } = times;
    return {
      label: labels[best]!,
      score: probabilities[best]!,
      labels: labelsOf(answer, labels),
      probabilities,
      exit: answer.exit,
      depth: last.exit,
      uncertainty: answer.uncertainty,
      labelUncertainties: answer.labelUncertainties,
      trajectory,
      state,
      tokens: text.ids.length,
      truncated: text.truncated,
      unknown: text.unknown,
      times: { ...times, steps, total: tokenize + embed + compact + steps.reduce((a, b) => a + b, 0) },
      device: this.model.device,
    };
  }
}
