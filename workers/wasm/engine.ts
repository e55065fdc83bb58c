/**
 * The encoder on WASM: one model's weights and hidden states in the memory of one instance of the kernels
 * (`kernels/`), and the calls into it. It knows no worker, no page and no network: any thread can run it.
 *
 * Everything is synchronous. Texts lie end to end, without padding; what comes of a text does not depend on
 * the texts beside it, to the bit.
 */

import type { Architecture } from '../../src/core/manifest.js';
import { ShardReader } from '../shard-reader.js';

/** Rows that share a read of the weights, as in `kernels/structs.ts`. */
const BLOCK = 48;
const PAGE = 65536;

/** What `kernels/index.ts` exports. */
export interface Kernels {
  memory: WebAssembly.Memory;
  layer(shape: number, layer: number, batch: number): void;
  exit(shape: number, exit: number, batch: number): void;
  head(shape: number, head: number, batch: number): void;
  packRows(matrix: number, rows: number, at: number): void;
  product(q: number, scales: number, zeros: number, rows: number, matrix: number, out: number): void;
  roundRows(x: number, rows: number, width: number, smooth: number, q: number, scales: number, zeros: number): void;
  useEngineSum(yes: number): void;
  dotOf(w: number, x: number): number;
  /** Bytes of a rounded activation. */
  activationBytes: WebAssembly.Global;
  /** Where the kernels' own numbers end. */
  heapBase: WebAssembly.Global;
}

/** Columns or rows of a matrix in groups, each padded: heads of 26 lie as heads of 32. */
interface Span {
  groups: number;
  size: number;
  padded: number;
}

/** Where hidden states of a batch lie. */
interface Slot {
  /** `Batch` of the kernels. */
  readonly batch: number;
  /** Tokens that there is room for: a power of two. */
  readonly room: number;
}

/** Hidden states of some texts, in the engine's memory. */
export interface States extends Slot {
  /** Of the texts, in tokens. */
  readonly lengths: readonly number[];
}

/** Layers and exits are told by where they lie. */
export type Place = number;

const up = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export class Engine {
  private readonly kernels: Kernels;
  private top: number;
  private readonly shape: number;
  /** Numbers a row of a hidden state takes: the model's width, padded. */
  readonly width: number;
  private readonly hiddenSize: Span;
  private readonly attention: Span;
  private readonly intermediate: Span;
  private readonly exitSize: Span;
  private readonly labels: number;
  /** What the working room is enough for. */
  private room = { rows: 0, texts: 0, longest: 0 };
  /** That nothing uses, the smallest first. */
  private readonly spare: Slot[] = [];
  private readonly activation: number;
  private bytes = new Uint8Array(0);
  private integers = new Int32Array(0);
  private floats = new Float32Array(0);

  /**
   * @param kernels plain or relaxed (`choose-kernels.ts`)
   */
  constructor(
    kernels: WebAssembly.Module,
    private readonly architecture: Architecture,
    labels: number,
  ) {
    this.kernels = new WebAssembly.Instance(kernels, { env: { abort } }).exports as unknown as Kernels;
    this.activation = this.kernels.activationBytes.value as number;
    this.top = up(this.kernels.heapBase.value as number, 64);
    const { hidden_size, num_attention_heads, head_dim, intermediate_size, exit_size, exit_heads, layer_norm_eps } = architecture;
    this.width = up(hidden_size, 16);
    this.hiddenSize = { groups: 1, size: hidden_size, padded: this.width };
    const head = up(head_dim, num_attention_heads % 2 ? 16 : 8);
    this.attention = { groups: num_attention_heads, size: head_dim, padded: head };
    this.intermediate = { groups: 1, size: intermediate_size, padded: up(intermediate_size, 16) };
    this.exitSize = { groups: 1, size: exit_size, padded: up(exit_size, 16) };
    this.labels = labels;
    this.shape = this.allocate(4 * SHAPE.length);
    this.set(this.shape, SHAPE, {
      hidden: this.width, hiddenReal: hidden_size, heads: num_attention_heads, head,
      activation: ACTIVATIONS.indexOf(architecture.hidden_act ?? 'gelu'), exit: this.exitSize.padded, exitHeads: exit_heads, labels: up(labels, 4),
    });
    this.setFloat(this.shape, SHAPE, 'epsilon', layer_norm_eps);
    this.setFloat(this.shape, SHAPE, 'headScale', head_dim ** -0.5);
    this.setFloat(this.shape, SHAPE, 'exitScale', (exit_size / exit_heads) ** -0.5);
  }

  /** Packs a layer's shard. What it was packed from may be forgotten. */
  addLayer(shard: ArrayBuffer): Place {
    const read = new ShardReader(shard, 'A layer');
    const { attention, hiddenSize: hidden } = this;
    const three = { ...attention, groups: 3 * attention.groups };
    const qkv = this.matrix(read, hidden, three, true);
    const out = this.matrix(read, attention, hidden);
    const norm1 = this.norm(read, hidden);
    const wide = this.matrix(read, hidden, this.intermediate, true);
    const down = this.matrix(read, this.intermediate, hidden, true);
    const norm2 = this.norm(read, hidden);
    read.end();
    return this.pointers(qkv, out, wide, down, norm1, norm2);
  }

  /** Packs an exit's shard. */
  addExit(shard: ArrayBuffer): Place {
    const read = new ShardReader(shard, 'An exit');
    const { exitSize, hiddenSize: hidden } = this;
    const heads = { ...exitSize, groups: this.architecture.exit_heads };
    const narrow = this.matrix(read, hidden, exitSize, true);
    const ask = this.matrix(read, exitSize, heads);
    const answer = this.matrix(read, heads, exitSize);
    const [classify, bias] = this.classifier(read, exitSize);
    read.end();
    return this.pointers(narrow, ask, answer, classify, bias);
  }

  /** Packs the shard of the classification head that the model came with. */
  addHead(shard: ArrayBuffer): Place {
    const read = new ShardReader(shard, 'A classification head');
    const { hiddenSize: hidden } = this;
    const dense = this.matrix(read, hidden, hidden, true);
    const [classify, bias] = this.classifier(read, hidden);
    read.end();
    return this.pointers(dense, ACTIVATIONS.indexOf(this.architecture.head_act!), classify, bias);
  }

  /** Room for hidden state 0 of some texts, to be written through `hidden`. */
  begin(lengths: readonly number[]): States {
    const tokens = sum(lengths);
    const found = this.spare.findIndex(({ room }) => room >= tokens);
    const slot = found < 0 ? this.slot(Math.max(32, 2 ** Math.ceil(Math.log2(tokens)))) : this.spare.splice(found, 1)[0]!;
    const states = { ...slot, lengths };
    this.describe(states);
    return states;
  }

  /** f32 [tokens of all texts, width]; to be asked for anew after each `begin`, since memory may have grown. */
  hidden({ batch, lengths }: States): Float32Array {
    const at = this.get(batch, BATCH, 'hidden') / 4;
    this.look();
    return this.floats.subarray(at, at + sum(lengths) * this.width);
  }

  /** Of each text the mean over its tokens, [texts, hidden_size]. */
  mean(states: States): Float32Array {
    const hidden = this.hidden(states);
    const { width, hiddenSize: { size } } = this;
    const means = new Float32Array(states.lengths.length * size);
    let row = 0;
    states.lengths.forEach((length, text) => {
      for (const end = row + length; row < end; row++) {
        for (let i = 0; i < size; i++) means[text * size + i]! += hidden[row * width + i]! / length;
      }
    });
    return means;
  }

  /** Hidden state i becomes i + 1, in its place. */
  layer(place: Place, states: States): void {
    this.reserve(states.lengths);
    this.kernels.layer(this.shape, place, states.batch);
  }

  /** Logits [texts, labels]. */
  exit(place: Place, states: States): Float32Array {
    return this.ask(this.kernels.exit, place, states);
  }

  /** Logits [texts, labels]. */
  head(place: Place, states: States): Float32Array {
    return this.ask(this.kernels.head, place, states);
  }

  private ask(kernel: Kernels['exit'], place: Place, states: States): Float32Array {
    this.reserve(states.lengths);
    kernel(this.shape, place, states.batch);
    this.look();
    const at = this.get(this.shape, SHAPE, 'logits') / 4;
    const row = up(this.labels, 4);
    const logits = new Float32Array(states.lengths.length * this.labels);
    for (let text = 0; text < states.lengths.length; text++) {
      logits.set(this.floats.subarray(at + text * row, at + text * row + this.labels), text * this.labels);
    }
    return logits;
  }

  /** Some texts of each, as one; what it takes them from is given up. */
  join(parts: readonly { states: States; texts: readonly number[] }[]): States {
    const lengths = parts.flatMap(({ states, texts }) => texts.map((text) => states.lengths[text]!));
    const [first] = parts;
    const alone = parts.length === 1;
    // Of one, rows only move down, in order.
    const joined = alone ? { ...first!.states, lengths } : this.begin(lengths);
    let to = 0;
    for (const { states, texts } of parts) {
      const starts = startsOf(states.lengths);
      for (const text of texts) {
        this.move(states, starts[text]!, states.lengths[text]!, joined, to);
        to += states.lengths[text]!;
      }
      if (!alone) this.free(states);
    }
    if (alone) this.describe(joined);
    return joined;
  }

  free({ batch, room }: States): void {
    const larger = this.spare.findIndex((slot) => slot.room >= room);
    this.spare.splice(larger < 0 ? this.spare.length : larger, 0, { batch, room });
  }

  /** Whether the engine that runs the kernels sums products by itself, of the relaxed ones. */
  set engineSum(yes: boolean) {
    this.kernels.useEngineSum(Number(yes));
  }

  private move(from: States, row: number, rows: number, into: States, to: number): void {
    this.look();
    const bytes = 4 * this.width;
    const source = this.get(from.batch, BATCH, 'hidden') + row * bytes;
    this.bytes.copyWithin(this.get(into.batch, BATCH, 'hidden') + to * bytes, source, source + rows * bytes);
  }

  /** Tells the kernels which texts are in a slot. */
  private describe({ batch, lengths }: States): void {
    this.set(batch, BATCH, { texts: lengths.length, rows: sum(lengths) });
    this.integers.set(startsOf(lengths), this.get(batch, BATCH, 'starts') / 4);
  }

  /** For hidden states of so many tokens. */
  private slot(room: number): Slot {
    const batch = this.allocate(4 * BATCH.length);
    this.set(batch, BATCH, {
      starts: this.allocate(4 * (room + 1)),
      hidden: this.allocate(4 * room * this.width),
    });
    return { batch, room };
  }

  /** Sees to it that the kernels have room to work on texts of these lengths. */
  private reserve(lengths: readonly number[]): void {
    const rows = sum(lengths);
    const longest = Math.max(...lengths);
    const { room, attention, intermediate, exitSize, width } = this;
    if (rows <= room.rows && lengths.length <= room.texts && longest <= room.longest) return;
    const grown = (wanted: number, had: number): number => (wanted <= had ? had : 2 ** Math.ceil(Math.log2(Math.max(wanted, BLOCK))));
    const next = { rows: grown(rows, room.rows), texts: grown(lengths.length, room.texts), longest: grown(longest, room.longest) };
    const attended = attention.groups * attention.padded;
    const asked = this.architecture.exit_heads * exitSize.padded;
    const widest = Math.max(width, attended, intermediate.padded, asked);
    const floats = (count: number): number => this.allocate(4 * count);
    if (room.rows === 0) {
      this.set(this.shape, SHAPE, {
        shares: floats(4), rounded: this.allocate(this.activation * BLOCK * widest), scales: floats(BLOCK), zeros: floats(BLOCK),
        added: floats(BLOCK * width), wide: floats(BLOCK * intermediate.padded),
        asked: floats(BLOCK * asked), means: floats(BLOCK * asked), answer: floats(BLOCK * exitSize.padded),
      });
    }
    if (next.rows > room.rows) {
      this.set(this.shape, SHAPE, {
        qkv: floats(next.rows * 3 * attended), attended: floats(next.rows * attended), narrow: floats(next.rows * exitSize.padded),
      });
    }
    if (next.longest > room.longest) this.set(this.shape, SHAPE, { keys: floats(next.longest * attention.padded), values: floats(next.longest * attention.padded), scores: floats(4 * next.longest) });
    if (next.texts > room.texts) this.set(this.shape, SHAPE, { logits: floats(next.texts * up(this.labels, 4)) });
    this.room = next;
  }

  /** A `Matrix` of the kernels: its weights packed, its columns summed. */
  private matrix(read: ShardReader, inputs: Span, outputs: Span, isSmooth = false): number {
    const [from, to] = [inputs, outputs].map(({ groups, padded }) => groups * padded) as [number, number];
    const columns = outputs.groups * outputs.size;
    const weights = read.bytes(inputs.groups * inputs.size * columns);
    const matrix = this.allocate(4 * MATRIX.length);
    const rows = this.allocate(4 * up(to, 8));
    this.set(matrix, MATRIX, { inputs: from, outputs: up(to, 8), weights: this.allocate(from * up(to, 8)), apart: this.allocate((from * up(to, 8)) / 64), sums: this.allocate(4 * up(to, 8)) });
    for (let at = 0; at < from; at += 4) {
      this.bytes.fill(0, rows, rows + 4 * up(to, 8));
      for (let i = at; i < at + 4; i++) {
        const [group, of] = [Math.floor(i / inputs.padded), i % inputs.padded];
        if (of >= inputs.size) continue;
        const row = (group * inputs.size + of) * columns;
        for (let g = 0; g < outputs.groups; g++) {
          const part = weights.subarray(row + g * outputs.size, row + (g + 1) * outputs.size);
          this.bytes.set(part, rows + (i - at) * up(to, 8) + g * outputs.padded);
        }
      }
      this.kernels.packRows(matrix, rows, at);
    }
    this.set(matrix, MATRIX, {
      scales: this.spread(read.floats(columns), outputs),
      bias: this.spread(read.floats(columns), outputs),
      smooth: isSmooth ? this.spread(read.floats(inputs.groups * inputs.size), inputs) : 0,
    });
    return matrix;
  }

  /** The last matrix, in floats, and its bias. */
  private classifier(read: ShardReader, inputs: Span): [weights: number, bias: number] {
    const { labels } = this;
    const row = up(labels, 4);
    const weights = this.allocate(4 * inputs.padded * row);
    const rows = read.floats(inputs.size * labels);
    for (let i = 0; i < inputs.size; i++) this.write(weights + 4 * i * row, rows.subarray(i * labels, (i + 1) * labels));
    const bias = this.allocate(4 * row);
    this.write(bias, read.floats(labels));
    return [weights, bias];
  }

  private norm(read: ShardReader, hidden: Span): number {
    const weight = this.spread(read.floats(hidden.size), hidden);
    const bias = this.spread(read.floats(hidden.size), hidden);
    return this.pointers(weight, bias);
  }

  /** Numbers of a span's groups, zeros where it is padded. */
  private spread(values: Float32Array, { groups, size, padded }: Span): number {
    const at = this.allocate(4 * up(groups * padded, 16));
    for (let g = 0; g < groups; g++) this.write(at + 4 * g * padded, values.subarray(g * size, (g + 1) * size));
    return at;
  }

  private pointers(...values: number[]): number {
    const at = this.allocate(4 * values.length);
    this.integers.set(values, at / 4);
    return at;
  }

  private write(at: number, values: Float32Array): void {
    this.floats.set(values, at / 4);
  }

  /** Zeros, at a multiple of 64. */
  private allocate(size: number): number {
    const at = this.top;
    this.top = up(at + size, 64);
    const { memory } = this.kernels;
    const missing = this.top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.look();
    return at;
  }

  /** Memory that grew has another buffer. */
  private look(): void {
    const { buffer } = this.kernels.memory;
    if (this.bytes.buffer === buffer) return;
    this.bytes = new Uint8Array(buffer);
    this.integers = new Int32Array(buffer);
    this.floats = new Float32Array(buffer);
  }

  private get<F extends readonly string[]>(struct: number, fields: F, name: F[number]): number {
    return this.integers[struct / 4 + fields.indexOf(name)]!;
  }

  private set<F extends readonly string[]>(struct: number, fields: F, values: Partial<Record<F[number], number>>): void {
    for (const [name, value] of Object.entries(values)) this.integers[struct / 4 + fields.indexOf(name)] = value as number;
  }

  private setFloat<F extends readonly string[]>(struct: number, fields: F, name: F[number], value: number): void {
    this.floats[struct / 4 + fields.indexOf(name)] = value;
  }
}

/** [texts + 1] */
function startsOf(lengths: readonly number[]): number[] {
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  return starts;
}

/** Numbered as in `kernels/activation.ts`. */
const ACTIVATIONS = ['gelu', 'gelu_new', 'relu', 'tanh'];

/** Fields as in `kernels/structs.ts`. */
export const MATRIX = ['inputs', 'outputs', 'weights', 'apart', 'sums', 'scales', 'bias', 'smooth'] as const;
const BATCH = ['texts', 'rows', 'starts', 'hidden'] as const;
const SHAPE = [
  'hidden', 'hiddenReal', 'epsilon', 'heads', 'head', 'headScale', 'activation', 'exit', 'exitHeads', 'exitScale', 'labels',
  'qkv', 'attended', 'keys', 'values', 'scores', 'shares', 'rounded', 'scales', 'zeros', 'added', 'wide', 'narrow', 'asked', 'means', 'answer', 'logits',
] as const;

function abort(): never {
  throw new Error('The kernels stopped.');
}
