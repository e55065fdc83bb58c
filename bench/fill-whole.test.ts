import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readManifest } from './read-package.js';

interface Table {
  places: Record<'layer' | 'exit', Record<string, { offset: number; type: string; shape: number[] }>>;
  files: Record<string, { as: string; of?: string; bytes: number }[]>;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

describe.each(['sst2', 'ag_news'])('%s', (task) => {
  const table = JSON.parse(readFileSync(new URL(`whole/${task}/weights.json`, import.meta.url), 'utf8')) as Table;
  const manifest = readManifest(new URL(`../public/models/${task}`, import.meta.url).pathname);

  /** How many numbers a weight is made of: `layer 3 qkv.weight 0:384` is a third of a matrix. */
  function numbersOf(name: string): number {
    const [part, ...rest] = name.split(' ') as [string, ...string[]];
    const { vocab_size, hidden_size } = manifest.architecture;
    if (name === 'embeddings words') return vocab_size * hidden_size;
    if (part === 'embeddings') return size(manifest.embeddings.tensors[rest[0] as 'positions'].shape);
    const [tensor, columns] = part === 'exit' ? [rest[0]!] : [rest[1]!, rest[2]];
    return size(table.places[part as 'layer' | 'exit'][tensor]!.shape) / (columns ? 3 : 1);
  }

  test.each(Object.keys(table.files))('every weight of %s is one of the shipped package, in its size', (file) => {
    const made = table.files[file]!.flatMap(({ as, of, bytes }) => (of === undefined || as === 'scale' ? [] : [{ as, of, bytes }]));
    expect(made.map(({ of, bytes }) => [of, bytes])).toEqual(
      made.map(({ as, of }) => [of, numbersOf(of) * (as === 'float32' ? 4 : 1)]),
    );
    const layers = new Set(table.files[file]!.flatMap(({ of }) => of?.match(/^layer \d+/)?.[0] ?? []));
    expect(layers.size).toBe(manifest.layers.length);
  });

  test('the tensors of a shard fill it', () => {
    for (const [kind, part] of [['layer', manifest.layers[0]!], ['exit', manifest.exits.at(-1)!]] as const) {
      const ends = Object.values(table.places[kind]).map(({ offset, type, shape }) => offset + size(shape) * (type === 'int8' ? 1 : 4));
      expect(Math.max(...ends)).toBe(part.bytes);
    }
  });
});
