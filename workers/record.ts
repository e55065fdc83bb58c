/** What a call has seen so far of each of its texts, and what it tells of it. */

import type { StageTimes, Verdict } from '../src/contract.js';
import { beliefOf } from '../src/core/entropy.js';
import { labelsOf, leaves, likeliest, type Belief } from '../src/core/gate.js';
import { replay } from '../src/core/replay.js';
import { rowsByText, type Batch } from './batch.js';
import type { Call } from './call.js';
import type { Model } from './model.js';
import type { Tokenized } from './tokenize.js';

interface Trace {
  text: Tokenized;
  trajectory: Belief[];
  /** What exits of the trajectory say of each window alone, probabilities [windows, exits, N]; of a text that is one window nothing. */
  alone: number[][][];
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
      this.traces[text.index] = { text, trajectory: [], alone: text.windows.map(() => []), times };
    }
  }

  /** Does a task and shares its milliseconds among the texts, or their rows, that it was done for. */
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
   * What an exit says of each row's text, from its logits [N] of the rows, to which at exit 0 n-grams add theirs: those of a
   * text's windows are added up (see `Verdict.windows`). A window of which nothing could be read adds nothing: the exit would say of it what it says of unknown
   * words, maybe with certainty. So a text of such is wholly uncertain at every exit (training/package.py: the same).
   */
  believed(batch: Batch, exit: number, logits: readonly Float32Array[]): Belief[] {
    const { manifest } = this.model.pkg;
    return rowsByText(batch.rows).flatMap((rows) => {
      const { text, alone } = this.traces[batch.rows[rows[0]!]!.index]!;
      const said = rows.map((row, i) => {
        const { ngrams } = batch.rows[row]!;
        if (!text.windows[i]!.readable) return new Float32Array(manifest.labels.length);
        return ngrams && exit === 0 ? sum([logits[row]!, ngrams]) : logits[row]!;
      });
      if (rows.length > 1) said.forEach((one, i) => alone[i]!.push(beliefOf(one, exit, manifest).probabilities));
      const belief = beliefOf(sum(said), exit, manifest);
      return rows.map(() => belief);
    });
  }

  /** Says of texts that have a belief that they wait for a layer which is still loading. */
  waits(batch: Batch, layer: number): void {
    for (const [row] of rowsByText(batch.rows)) {
      const { index } = batch.rows[row!]!;
      const belief = this.traces[index]!.trajectory.at(-1);
      if (belief) this.call.emit({ index, belief, waitsFor: layer });
    }
  }

  /**
   * Adds an exit's beliefs to the trajectories, and says so; texts that leave get their verdict.
   *
   * @param beliefs one a row: its text's
   * @param means of the rows' hidden states [rows, hidden_size], where they were asked for
   */
  report(batch: Batch, beliefs: readonly Belief[], leaving: readonly number[], means?: Float32Array): void {
    const left = new Set(leaving);
    for (const rows of rowsByText(batch.rows)) {
      const first = rows[0]!;
      const { index } = batch.rows[first]!;
      const belief = beliefs[first]!;
      const trace = this.traces[index]!;
      trace.trajectory.push(belief);
      // Exploring, a text goes on from where it would have left.
      if (means && (left.has(first) || leaves(belief, this.call.thresholds[belief.exit] ?? 0, false))) {
        trace.state ??= meanOf(batch, rows, means);
      }
      const verdict = left.has(first) ? this.verdict(trace, belief) : undefined;
      if (verdict) this.verdicts[index] = verdict;
      this.call.emit({ index, belief, ...(verdict && { verdict }) });
    }
  }

  /** A text's verdict where it leaves; in explore mode as it would have been under the call's thresholds. */
  private verdict({ text, trajectory, alone, times, state }: Trace, last: Belief): Verdict {
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
      tokens: text.tokens,
      windows: text.windows.length > 1 ? text.windows.map(({ place, ids }, i) => ({ ...place!, tokens: ids.length, probabilities: alone[i]! })) : undefined,
      truncated: text.truncated,
      unknown: text.unknown,
      times: { ...times, steps, total: tokenize + embed + compact + steps.reduce((a, b) => a + b, 0) },
      device: this.model.device,
    };
  }
}

function sum(logits: readonly Float32Array[]): Float32Array {
  return logits.reduce((all, one) => all.map((logit, n) => logit + one[n]!));
}

/** The mean over all tokens of some rows, from the rows' own [rows, hidden_size]. */
function meanOf(batch: Batch, rows: readonly number[], means: Float32Array): Float32Array {
  const size = means.length / batch.rows.length;
  const tokens = rows.reduce((all, row) => all + batch.rows[row]!.tokens, 0);
  const mean = new Float32Array(size);
  for (const row of rows) {
    const share = batch.rows[row]!.tokens / tokens;
    for (let i = 0; i < size; i++) mean[i]! += share * means[row * size + i]!;
  }
  return mean;
}
