import { expect, test } from 'vitest';
import type { Architecture, Part } from '../../src/core/manifest.js';
import type { Engine } from './engine.js';
import { packedOf } from './packed.js';

const part = (sha256: string): Part => ({ file: `${sha256}.bin`, bytes: 8, sha256 });
const PACKAGE = {
  architecture: { num_attention_heads: 4, layer_norm_eps: 1e-12 } as Architecture,
  labels: ['negative', 'positive'],
  layers: [part('a'), part('b')],
  exits: [part('c'), null, part('d')],
};

/** Counts what it packs. */
function counting(): { engine: Engine; packed: number } {
  const counts = { packed: 0, engine: undefined as unknown as Engine };
  const add = (): number => ++counts.packed;
  counts.engine = { addLayer: add, addExit: add } as Partial<Engine> as Engine;
  return counts;
}

test('two models of one package have one engine, in which each shard is packed once', () => {
  const counts = counting();
  const [one, two] = [packedOf(PACKAGE, () => counts.engine), packedOf(structuredClone(PACKAGE), () => counting().engine)];
  expect(two).toBe(one);
  const shard = new ArrayBuffer(8);
  expect(one.layer(part('a'), shard)).toBe(two.layer(part('a'), shard));
  expect(one.exit(part('c'), shard)).not.toBe(one.layer(part('a'), shard));
  expect(counts.packed).toBe(2);
});

test('a package of which one shard differs has an engine of its own', () => {
  const other = { ...PACKAGE, layers: [part('a'), part('x')] };
  expect(packedOf(other, () => counting().engine)).not.toBe(packedOf(PACKAGE, () => counting().engine));
});

test('a package that says another shape of the same shards has an engine of its own, which holds them against it', () => {
  const one = packedOf(PACKAGE, () => counting().engine);
  expect(packedOf({ ...PACKAGE, labels: ['a', 'b', 'c'] }, () => counting().engine)).not.toBe(one);
  const architecture = { ...PACKAGE.architecture, num_attention_heads: 2 };
  expect(packedOf({ ...PACKAGE, architecture }, () => counting().engine)).not.toBe(one);
  // Names may differ: the weights do not know them.
  expect(packedOf({ ...PACKAGE, labels: ['bad', 'good'] }, () => counting().engine)).toBe(one);
});

test('a shard that cannot be packed is packed anew by who asks next', () => {
  const counts = counting();
  const packed = packedOf({ ...PACKAGE, layers: [part('bad')], exits: [] }, () => counts.engine);
  const { addLayer } = counts.engine;
  counts.engine.addLayer = () => {
    throw new Error('A layer is larger than the manifest says.');
  };
  expect(() => packed.layer(part('bad'), new ArrayBuffer(8))).toThrow('larger');
  counts.engine.addLayer = addLayer;
  expect(packed.layer(part('bad'), new ArrayBuffer(8))).toBe(1);
});
