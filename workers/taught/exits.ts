/**
 * Taught exits at work. Each head has an opinion of a text, log-probabilities of the labels; exit i's logits are the sum,
 * with weights of its own, of the opinions of the heads up to it and of the text's words. So heads below an exit are
 * heard even where their own gate is closed, and what they said goes with the text, from batch to batch.
 */

import type { Manifest } from '../../src/core/manifest.js';
import type { Batch, TaughtRow } from '../batch.js';
import { logSoftmax } from './opinions.js';
import { pooled } from './mix.js';
import { poolTexts, tokenWeights } from './pool.js';
import { readExit, readWords, type TaughtExit } from './shards.js';
import { WordOpinion } from './words.js';

/** What a room asks. */
export interface TaughtExits {
  /** Of a text by its token ids, before any exit. */
  begin(ids: readonly number[]): TaughtRow;
  /** An exit on hidden state `number`, from its shard. */
  exit(number: number, shard: ArrayBuffer): AskTaught;
}

/**
 * Adds the exit's opinion of each text to its row.
 *
 * @param hidden [tokens of all texts, stride]
 * @returns logits [B, N]
 */
export type AskTaught = (hidden: Float32Array, rows: Batch['rows'], stride: number) => Float32Array;

/**
 * @param words the shard that the manifest names, if it does
 */
export function taughtExits({ architecture, labels }: Pick<Manifest, 'architecture' | 'labels'>, words: ArrayBuffer | undefined): TaughtExits {
  const { hidden_size: width, first_word } = architecture;
  const classes = labels.length;
  const opinion = words && new WordOpinion(readWords(words, classes), classes);
  return {
    begin: (ids) => ({
      weights: tokenWeights(ids, first_word),
      opinions: opinion ? [opinion.of(ids)] : [],
    }),
    exit: (number, shard) => {
      const exit = readExit(shard, width, classes, number + (opinion ? 2 : 1));
      return (hidden, rows, stride) => {
        const weights = number === 0 ? rows.map(({ taught }) => taught!.weights) : undefined;
        const states = poolTexts(hidden, lengthsOf(rows), stride, width, weights);
        const logits = new Float32Array(rows.length * classes);
        rows.forEach(({ taught }, row) => {
          const { opinions } = taught!;
          opinions.push(opinionOf(exit, states[row]!, classes));
          logits.set(pooled(opinions, exit.mix), row * classes);
        });
        return logits;
      };
    },
  };
}

/** What a state's discriminant says [K]. */
export function opinionOf({ weights, scales, bias }: TaughtExit, state: Float64Array, classes: number): Float64Array {
  const logits = new Float64Array(classes);
  for (let i = 0; i < state.length; i++) {
    const value = state[i]!;
    for (let c = 0; c < classes; c++) logits[c]! += value * weights[i * classes + c]!;
  }
  for (let c = 0; c < classes; c++) logits[c] = logits[c]! * scales[c]! + bias[c]!;
  return logSoftmax(logits);
}

function lengthsOf(rows: Batch['rows']): number[] {
  return rows.map(({ tokens }) => tokens);
}
