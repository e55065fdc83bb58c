/** The table of n-grams, against training's (`ngrams.fixture.json`), and by hand. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../src/core/manifest.js';
import { readNgrams } from './ngrams.js';

interface Case {
  what: string;
  pieces: number;
  labels: number;
  multiLabel: boolean;
  bits: number;
  width: number | null;
  ids: number[][];
  shard: string;
  logits: number[][];
}

const CASES = JSON.parse(readFileSync(new URL('ngrams.fixture.json', import.meta.url), 'utf8')) as Case[];

function manifestOf({ pieces, labels, multiLabel, bits, width }: Case): Manifest {
  return {
    architecture: { vocab_size: pieces },
    labels: Array.from({ length: labels }, (_, i) => `label ${i}`),
    problem_type: multiLabel ? 'multi_label_classification' : 'single_label_classification',
    ngrams: { bits, ...(width === null ? {} : { width }) },
  } as unknown as Manifest;
}

const shardOf = ({ shard }: Case): ArrayBuffer => Uint8Array.from(Buffer.from(shard, 'base64')).buffer;

describe.each(CASES)('$what', (one) => {
  it('is what training says', () => {
    const ngrams = readNgrams(manifestOf(one), shardOf(one));
    one.ids.forEach((ids, text) => {
      const said = ngrams(ids);
      expect(said).toHaveLength(one.labels);
      one.logits[text]!.forEach((logit, n) => expect(said[n]).toBeCloseTo(logit, 4));
    });
  });

  it('counts what stands twice once, and hears the order', () => {
    const ngrams = readNgrams(manifestOf(one), shardOf(one));
    expect(ngrams([1, 5, 6, 5, 6, 5, 6, 2])).toEqual(ngrams([1, 5, 6, 5, 6, 2]));
    expect(ngrams([1, 5, 6, 2])).not.toEqual(ngrams([1, 6, 5, 2]));
  });

  it('a shard of another size is refused by name', () => {
    const shard = shardOf(one);
    expect(() => readNgrams(manifestOf(one), shard.slice(0, shard.byteLength - 4))).toThrow(/The table of n-grams is smaller/);
    const longer = Uint8Array.from([...new Uint8Array(shard), ...Array<number>(64).fill(0)]).buffer;
    expect(() => readNgrams(manifestOf(one), longer)).toThrow(/The table of n-grams is larger/);
  });
});
