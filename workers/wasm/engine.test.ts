import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../src/core/manifest.js';
import { Engine, type States } from './engine.js';
import { loneProduct } from './lone-product.js';
import { BUILDS, KERNELS } from './test-kernels.js';

/** A seeded source of numbers in [0, 1). */
function source(seed: number): () => number {
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
}

function architecture(hidden: number, heads: number, head: number, intermediate: number, exit: number): Architecture {
  return {
    vocab_size: 10, hidden_size: hidden, num_hidden_layers: 1, num_attention_heads: heads, head_dim: head, intermediate_size: intermediate,
    max_position_embeddings: 512, layer_norm_eps: 1e-12, exit_size: exit, exit_heads: 2,
  };
}

interface Matrix {
  inputs: number;
  outputs: number;
  weight: Int8Array;
  scale: Float32Array;
  bias: Float32Array;
}

/** Weights at random, as a layer's or an exit's shard has them (training/shards.py). */
class Weights {
  readonly parts: ArrayBufferView<ArrayBuffer>[] = [];

  constructor(private readonly next: () => number) {}

  matrix(inputs: number, outputs: number): Matrix {
    const weight = Int8Array.from({ length: inputs * outputs }, () => Math.round(254 * this.next() - 127));
    const scale = Float32Array.from({ length: outputs }, () => (0.5 + this.next()) / 127 / Math.sqrt(inputs));
    const bias = this.floats(outputs, 0.2);
    this.parts.push(weight, scale, bias);
    return { inputs, outputs, weight, scale, bias };
  }

  keep(values: Float32Array<ArrayBuffer>): Float32Array {
    this.parts.push(values);
    return values;
  }

  floats(count: number, spread: number, middle = 0): Float32Array<ArrayBuffer> {
    return Float32Array.from({ length: count }, () => middle + spread * (this.next() - 0.5));
  }

  get shard(): ArrayBuffer {
    const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;
    const ends = this.parts.reduce<number[]>((all, part) => [...all, aligned(all.at(-1) ?? 0) + part.byteLength], []);
    const bytes = new Uint8Array(ends.at(-1)!);
    this.parts.forEach((part, i) => bytes.set(new Uint8Array(part.buffer), ends[i]! - part.byteLength));
    return bytes.buffer;
  }
}

function layerOf(a: Architecture, next: () => number) {
  const weights = new Weights(next);
  const { hidden_size: h, intermediate_size: f } = a;
  const attention = a.num_attention_heads * a.head_dim;
  const norm = () => ({ weight: weights.keep(weights.floats(h, 0.4, 1)), bias: weights.keep(weights.floats(h, 0.2)) });
  const qkv = { ...weights.matrix(h, 3 * attention), smooth: weights.keep(weights.floats(h, 0.4, 1)) };
  const out = weights.matrix(attention, h);
  const norm1 = norm();
  const wide = { ...weights.matrix(h, f), smooth: weights.keep(weights.floats(h, 0.4, 1)) };
  const down = { ...weights.matrix(f, h), smooth: weights.keep(weights.floats(f, 0.4, 1)) };
  const norm2 = norm();
  return { qkv, out, norm1, wide, down, norm2, shard: weights.shard };
}

function exitOf(a: Architecture, labels: number, next: () => number) {
  const weights = new Weights(next);
  const { hidden_size: h, exit_size: s, exit_heads: heads } = a;
  const narrow = { ...weights.matrix(h, s), smooth: weights.keep(weights.floats(h, 0.4, 1)) };
  const ask = weights.matrix(s, heads * s);
  const answer = weights.matrix(heads * s, s);
  const classify = weights.keep(weights.floats(s * labels, 1));
  const classifyBias = weights.keep(weights.floats(labels, 1));
  return { narrow, ask, answer, classify, classifyBias, shard: weights.shard };
}

function headOf(a: Architecture, labels: number, next: () => number) {
  const weights = new Weights(next);
  const h = a.hidden_size;
  const dense = { ...weights.matrix(h, h), smooth: weights.keep(weights.floats(h, 0.4, 1)) };
  const classify = weights.keep(weights.floats(h * labels, 1));
  const classifyBias = weights.keep(weights.floats(labels, 1));
  return { dense, classify, classifyBias, shard: weights.shard };
}

/*
 * The same by the book: float64 but for the rounding to seven bits, which is done in float32.
 */

type Rows = Float64Array[];

function rounded(row: Float64Array, smooth?: Float32Array): { q: number[]; zero: number; scale: number } {
  const x = Array.from(row, (v, i) => Math.fround(smooth ? Math.fround(v) * smooth[i]! : v));
  const range = Math.fround(Math.max(0, ...x) - Math.min(0, ...x));
  if (range < 1e-30) return { q: x.map(() => 0), zero: 0, scale: 1 };
  const inverse = Math.fround(127 / range);
  const zero = even(Math.fround(-Math.min(0, ...x) * inverse));
  const q = x.map((v) => Math.min(127, Math.max(0, even(Math.fround(v * inverse)) + zero)));
  return { q, zero, scale: Math.fround(range / 127) };
}

/** To the nearest whole number, halves to the even one. */
function even(x: number): number {
  const low = Math.floor(x);
  if (x - low === 0.5) return low % 2 === 0 ? low : low + 1;
  return Math.round(x);
}

function times(rows: Rows, { inputs, outputs, weight, scale, bias, smooth }: Matrix & { smooth?: Float32Array }): Rows {
  return rows.map((row) => {
    const { q, zero, scale: s } = rounded(row, smooth);
    return Float64Array.from({ length: outputs }, (_, n) => {
      let total = 0;
      for (let i = 0; i < inputs; i++) total += (q[i]! - zero) * weight[i * outputs + n]!;
      return total * s * scale[n]! + bias[n]!;
    });
  });
}

function normed(rows: Rows, added: Rows, norm: { weight: Float32Array; bias: Float32Array }): Rows {
  return rows.map((row, r) => {
    const x = row.map((v, i) => v + added[r]![i]!);
    const mean = x.reduce((a, b) => a + b) / x.length;
    const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
    return x.map((v, i) => ((v - mean) / Math.sqrt(variance + 1e-12)) * norm.weight[i]! + norm.bias[i]!);
  });
}

function softmax(values: number[]): number[] {
  const top = Math.max(...values);
  const powers = values.map((v) => Math.exp(v - top));
  return powers.map((p) => p / powers.reduce((a, b) => a + b));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, i) => sum + v * b[i]!, 0);
}

function mixed(shares: number[], rows: Rows): Float64Array {
  return rows[0]!.map((_, i) => shares.reduce((sum, p, t) => sum + p * rows[t]![i]!, 0));
}

function layerByTheBook(rows: Rows, { num_attention_heads: heads, head_dim: d, hidden_act = 'gelu' }: Architecture, l: ReturnType<typeof layerOf>): Rows {
  const qkv = times(rows, l.qkv);
  const part = (row: Float64Array, which: number, h: number): Float64Array => row.subarray((which * heads + h) * d, (which * heads + h + 1) * d);
  const attended = qkv.map((row) => {
    const all: number[] = [];
    for (let h = 0; h < heads; h++) {
      const shares = softmax(qkv.map((other) => dot(part(row, 0, h), part(other, 1, h)) * d ** -0.5));
      all.push(...mixed(shares, qkv.map((other) => part(other, 2, h))));
    }
    return Float64Array.from(all);
  });
  const between = normed(rows, times(attended, l.out), l.norm1);
  const wide = times(between, l.wide).map((row) => row.map(ACTIVATIONS[hidden_act]));
  return normed(between, times(wide, l.down), l.norm2);
}

const ACTIVATIONS = {
  gelu: (x: number) => (x / 2) * (1 + erf(x / Math.SQRT2)),
  gelu_new: (x: number) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  relu: (x: number) => Math.max(0, x),
  tanh: Math.tanh,
};

function erf(x: number): number {
  if (Math.abs(x) > 3.5) return Math.sign(x);
  let [term, total] = [x, x];
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function exitByTheBook(rows: Rows, { exit_size: s, exit_heads: heads }: Architecture, labels: number, e: ReturnType<typeof exitOf>): number[] {
  const narrow = times(rows, e.narrow).map((row) => row.map(Math.tanh));
  const [asked] = times([narrow[0]!], e.ask);
  const means: number[] = [];
  for (let h = 0; h < heads; h++) {
    const question = asked!.subarray(h * s, (h + 1) * s);
    means.push(...mixed(softmax(narrow.map((token) => dot(question, token) * (s / heads) ** -0.5)), narrow));
  }
  const answer = times([Float64Array.from(means)], e.answer)[0]!.map(Math.tanh);
  return Array.from({ length: labels }, (_, n) => answer.reduce((sum, v, i) => sum + v * e.classify[i * labels + n]!, e.classifyBias[n]!));
}

function headByTheBook(first: Float64Array, act: (x: number) => number, labels: number, { dense, classify, classifyBias }: ReturnType<typeof headOf>): number[] {
  const answer = times([first], dense)[0]!.map(act);
  return Array.from({ length: labels }, (_, n) => answer.reduce((sum, v, i) => sum + v * classify[i * labels + n]!, classifyBias[n]!));
}

/** Hidden states of texts, at random, and an engine that holds them. */
function given(engine: Engine, texts: Rows[]): States {
  const states = engine.begin(texts.map((rows) => rows.length));
  const hidden = engine.hidden(states);
  texts.flat().forEach((row, r) => hidden.set(row, r * engine.width));
  return states;
}

function textsOf(lengths: readonly number[], width: number, next: () => number): Rows[] {
  return lengths.map((tokens) => Array.from({ length: tokens }, () => Float64Array.from({ length: width }, () => Math.fround(4 * next() - 2))));
}

function engineOf({ module, engineSum }: (typeof KERNELS)[number], a: Architecture, labels = 3): Engine {
  const engine = new Engine(module, a, labels);
  engine.engineSum = engineSum;
  return engine;
}

const SHAPES: [name: string, Architecture, labels: number][] = [
  ['the shipped models, narrower', architecture(96, 3, 32, 192, 128), 4],
  ['heads of 26, as of 312 in 12', architecture(78, 3, 26, 300, 64), 2],
  ['one head left, and 40 neurons', architecture(32, 1, 16, 40, 16), 150],
  ['odd throughout', architecture(21, 3, 7, 33, 10), 5],
  ['heads that are fewer than the width asks for', architecture(64, 2, 16, 16, 32), 1],
  ["GELU's approximation", { ...architecture(64, 4, 16, 128, 32), hidden_act: 'gelu_new' }, 2],
  ['ReLU', { ...architecture(64, 4, 16, 128, 32), hidden_act: 'relu' }, 2],
];

describe.each(KERNELS)('$name', (kernel) => {
  test.each(SHAPES)('a layer and an exit are what they are by the book: %s', (_, a, labels) => {
    const next = source(7);
    const layer = layerOf(a, next);
    const exit = exitOf(a, labels, next);
    const engine = engineOf(kernel, a, labels);
    const [layerAt, exitAt] = [engine.addLayer(layer.shard), engine.addExit(exit.shard)];
    for (const tokens of [1, 2, 5, 13, 50]) {
      const [rows] = textsOf([tokens], a.hidden_size, next);
      const states = given(engine, [rows!]);
      engine.layer(layerAt, states);
      const expected = layerByTheBook(rows!, a, layer);
      const hidden = engine.hidden(states);
      // A number at the edge of two roundings may fall to either side, and carries a little with it.
      const off = expected.map((row, r) => row.reduce((sum, v, i) => sum + Math.abs(v - hidden[r * engine.width + i]!), 0) / row.length);
      expect(off.reduce((x, y) => x + y) / tokens).toBeLessThan(2e-3);
      // No rounding before it is shared, so that the exit alone is held.
      const read = expected.map((_, r) => Float64Array.from(hidden.subarray(r * engine.width, r * engine.width + a.hidden_size)));
      const logits = engine.exit(exitAt, states);
      exitByTheBook(read, a, labels, exit).forEach((v, n) => expect(Math.abs(v - logits[n]!)).toBeLessThan(0.02));
      engine.free(states);
    }
  });

  test.each(['tanh', 'relu', 'gelu'] as const)('a classification head of the first token is what it is by the book: %s', (head_act) => {
    for (const [hidden, labels, texts] of [[64, 3, 1], [78, 5, 7], [21, 150, 60]] as const) {
      const a = { ...architecture(hidden, 1, hidden, 16, 8), head_act };
      const next = source(13);
      const head = headOf(a, labels, next);
      const engine = engineOf(kernel, a, labels);
      const place = engine.addHead(head.shard);
      const all = textsOf(Array.from({ length: texts }, () => 1 + Math.floor(5 * next())), hidden, next);
      const logits = engine.head(place, given(engine, all));
      all.forEach(([first], text) => {
        headByTheBook(first!, ACTIVATIONS[head_act], labels, head).forEach((v, n) => expect(Math.abs(v - logits[text * labels + n]!)).toBeLessThan(1e-4));
      });
    }
  });

  test('a text gets the same bits alone and in any batch, whoever has left it', () => {
    const a = architecture(64, 4, 16, 128, 32);
    const next = source(3);
    const engine = engineOf(kernel, a);
    const layers = [1, 2, 3].map(() => engine.addLayer(layerOf(a, next).shard));
    const exits = [0, 1, 2, 3].map(() => engine.addExit(exitOf(a, 3, next).shard));
    for (const count of [1, 2, 7, 64]) {
      const lengths = Array.from({ length: count }, () => 1 + Math.floor(40 * next() ** 2));
      const texts = textsOf(lengths, a.hidden_size, next);
      const alone = texts.map((rows) => {
        const states = given(engine, [rows]);
        const logits = exits.map((exit, i) => {
          if (i > 0) engine.layer(layers[i - 1]!, states);
          return [...engine.exit(exit, states)];
        });
        engine.free(states);
        return logits;
      });
      let here = [...texts.keys()];
      let states = given(engine, texts);
      for (const [i, exit] of exits.entries()) {
        if (i > 0) engine.layer(layers[i - 1]!, states);
        const logits = engine.exit(exit, states);
        here.forEach((text, row) => expect([...logits.subarray(row * 3, row * 3 + 3)]).toEqual(alone[text]![i]));
        // Every third leaves; and what stays is parted and joined again, in another order.
        const stays = [...here.keys()].filter((row) => here.length === 1 || (row + i) % 3 > 0);
        here = stays.map((row) => here[row]!);
        states = engine.join([{ states, texts: stays }]);
        if (i === 1 && here.length > 2) {
          const others = given(engine, texts.slice(0, 2));
          states = engine.join([{ states: others, texts: [] }, { states, texts: [...here.keys()].toReversed() }]);
          here = here.toReversed();
        }
      }
      engine.free(states);
    }
  });

  test.each([64, 21])('the mean of a text is that of its tokens, without what pads them to %i', (width) => {
    const engine = engineOf(kernel, architecture(width, 1, width, 16, 8));
    const texts = textsOf([1, 5, 2], width, source(17));
    const states = given(engine, texts);
    const expected = texts.flatMap((rows) => Array.from({ length: width }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length));
    const means = engine.mean(states);
    expect(means).toHaveLength(3 * width);
    means.forEach((mean, i) => expect(mean).toBeCloseTo(expected[i]!, 6));
    const joined = engine.join([{ states, texts: [1] }]);
    expect([...engine.mean(joined)]).toEqual([...means.subarray(width, 2 * width)]);
  });

  test('in the steady state no memory is added', () => {
    const a = architecture(64, 4, 16, 128, 32);
    const next = source(5);
    const engine = engineOf(kernel, a);
    const layer = engine.addLayer(layerOf(a, next).shard);
    const exit = engine.addExit(exitOf(a, 3, next).shard);
    const run = (lengths: number[]): void => {
      const states = given(engine, textsOf(lengths, a.hidden_size, next));
      engine.layer(layer, states);
      engine.exit(exit, states);
      engine.free(states);
    };
    run([60, 60]);
    run([3]);
    const bytes = engine['top'];
    for (let i = 0; i < 50; i++) run(Array.from({ length: 1 + (i % 4) }, () => 1 + Math.floor(30 * next())));
    expect(engine['top']).toBe(bytes);
  });

  test('what is no finite number comes out as none', () => {
    const a = architecture(64, 4, 16, 128, 32);
    const next = source(5);
    const layer = layerOf(a, next);
    const exit = exitOf(a, 3, next);
    // Each is finite: only together they are too large.
    for (const values of [layer.qkv.scale, layer.wide.scale, layer.down.scale]) {
      const sound = values.slice();
      values.fill(3e38);
      const weights = new Weights(next);
      weights.parts.push(...partsOf(layer));
      const engine = engineOf(kernel, a);
      const states = given(engine, textsOf([5], a.hidden_size, next));
      engine.layer(engine.addLayer(weights.shard), states);
      expect([...engine.exit(engine.addExit(exit.shard), states)].some(Number.isFinite)).toBe(false);
      values.set(sound);
    }
  });
});

function partsOf({ qkv, out, norm1, wide, down, norm2 }: ReturnType<typeof layerOf>): ArrayBufferView<ArrayBuffer>[] {
  const matrix = ({ weight, scale, bias }: Matrix) => [weight, scale, bias];
  const norm = ({ weight, bias }: { weight: Float32Array; bias: Float32Array }) => [weight, bias];
  return [
    ...matrix(qkv), qkv.smooth, ...matrix(out), ...norm(norm1), ...matrix(wide), wide.smooth, ...matrix(down), down.smooth, ...norm(norm2),
  ] as ArrayBufferView<ArrayBuffer>[];
}

test('the integers are the same on all kernels, and exact', () => {
  const next = source(11);
  // Weights of which four never, sometimes and always may overflow 16 bits.
  for (const [inputs, outputs, largest] of [[16, 8, 127], [384, 24, 64], [384, 24, 90], [1536, 8, 127]] as const) {
    const matrix = new Weights(next).matrix(inputs, outputs);
    matrix.weight.forEach((w, i, all) => (all[i] = (w * largest) / 127));
    matrix.weight.fill(largest, 0, 8 * outputs);
    for (const rows of [1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 48, 49]) {
      const [text] = textsOf([rows], inputs, next);
      text![0]!.fill(0);
      if (rows > 1) text![1]!.fill(1e-42); // a denormal
      if (rows > 2) text![2]![5] = 1e6; // one huge outlier
      if (rows > 3) text![3]!.fill(-3); // one value, and negative
      if (rows > 4) text![4]!.fill(3); // or not: all are 127
      const expected = exactly(text!, matrix);
      for (const kernel of KERNELS) expect(productOf(kernel, text!, matrix)).toEqual(expected);
    }
  }
});

/** Σ (q - zero) · w, by the book [rows · outputs]. */
function exactly(rows: Rows, { inputs, outputs, weight }: Matrix): number[] {
  return rows.flatMap((row) => {
    const { q, zero } = rounded(row);
    return Array.from({ length: outputs }, (_, n) => {
      let total = 0;
      for (let i = 0; i < inputs; i++) total += (q[i]! - zero) * weight[i * outputs + n]!;
      return total;
    });
  });
}

/** The same by the kernels. */
function productOf({ module, engineSum }: (typeof KERNELS)[number], rows: Rows, { inputs, weight }: Matrix): number[] {
  const product = loneProduct(module, Float32Array.from(rows.flatMap((row) => [...row])), inputs, weight);
  product.engineSum = engineSum;
  product.run();
  return Array.from(product.results, (v) => v + 0);
}

describe('a shard that is not what the manifest says', () => {
  const a = architecture(64, 4, 16, 128, 32);
  const { shard } = layerOf(a, source(1));
  const engine = () => engineOf(KERNELS[0]!, a);

  test.each([
    ['smaller', shard.slice(0, -64)],
    ['larger', Uint8Array.from([...new Uint8Array(shard), 0]).buffer],
  ])('is a PackageError: %s', (how, wrong) => {
    expect(() => engine().addLayer(wrong)).toThrow(expect.objectContaining({ name: 'PackageError', message: expect.stringContaining(how) }));
  });

  test.each([NaN, Infinity, -Infinity])('is a PackageError: %s in a scale', (value) => {
    const wrong = shard.slice(0);
    new Float32Array(wrong, 64 * 192, 1)[0] = value;
    expect(() => engine().addLayer(wrong)).toThrow(expect.objectContaining({ name: 'PackageError' }));
  });
});

test('machines may differ in the last bits of what is no integer: by how much', () => {
  const a = architecture(64, 4, 16, 128, 32);
  const [one, other] = [BUILDS.plain, BUILDS.relaxed].map((module) => {
    const next = source(3);
    const engine = engineOf({ name: '', module, engineSum: false }, a);
    const layer = engine.addLayer(layerOf(a, next).shard);
    const states = given(engine, textsOf([12], a.hidden_size, next));
    engine.layer(layer, states);
    return engine.hidden(states).slice();
  }) as [Float32Array, Float32Array];
  const off = one.map((v, i) => Math.abs(v - other[i]!)).toSorted();
  // Half of them by less than a few last bits; where a rounding tips over, by a step of its scale.
  expect(off[off.length >> 1]!).toBeLessThan(2e-6);
  expect(off.at(-1)!).toBeLessThan(0.1);
});
