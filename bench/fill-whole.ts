/**
 * A shipped model as other runtimes take it, in Hugging Face's layout: the traced graphs of
 * `bench/whole/TASK` (`python -m training whole`; a graph knows its number of classes) with the weights
 * of the package's own shards, so that everything in a comparison runs the same fine-tuned weights.
 */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Manifest, TensorPlace } from '../src/core/manifest.js';
import { Embeddings } from '../workers/embed.js';
import { readManifest } from './read-package.js';

/** `weights.json`: where tensors lie in a shard, and what each weight of a graph is made of. */
interface Table {
  places: Places;
  files: Record<string, (Weight & { offset: number })[]>;
}

type Places = Record<'layer' | 'exit', Record<string, TensorPlace>>;

/** What a weight of another runtime's file is made of. */
export interface Weight {
  /** zeros: the zero points of symmetric columns. */
  as: 'float32' | 'int8' | 'uint8' | 'scale' | 'zeros';
  /** A weight of the package: `embeddings words`, `layer 3 up.weight`, `layer 0 qkv.bias 0:384` (columns). */
  of?: string;
  /** A vector that its rows are multiplied by first. */
  times?: string;
  transposed?: boolean;
  /** int8 has a scale for each row as it is written, not for each column. */
  rows?: boolean;
  /** Of uint8, which has one for the whole table. */
  scale?: number;
  zero?: number;
  bytes: number;
}

/** Row-major; a vector has one row. */
interface Matrix {
  values: Float32Array;
  rows: number;
  columns: number;
}

/** The package's weights as floats, by the names that the tables use. */
export type Weights = (name: string) => Matrix;

/**
 * Writes `config.json`, the tokenizer's files and `onnx/model{,_quantized}.onnx` with its data into `out`.
 *
 * @param model folder of the package
 * @param graphs made of the same package
 */
export function fillWhole(model: string, graphs: string, out: string): void {
  const { files } = readTable(graphs);
  const weights = packageWeights(model, graphs);
  mkdirSync(path.join(out, 'onnx'), { recursive: true });
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    copyFileSync(path.join(model, name), path.join(out, name));
  }
  for (const [name, rows] of Object.entries(files)) {
    copyFileSync(path.join(graphs, `${name}.onnx`), path.join(out, 'onnx', `${name}.onnx`));
    const last = rows.at(-1)!;
    const data = Buffer.alloc(last.offset + last.bytes);
    for (const row of rows) data.set(made(row, weights), row.offset);
    writeFileSync(path.join(out, 'onnx', `${name}.onnx_data`), data);
  }
}

function readTable(graphs: string): Table {
  return JSON.parse(readFileSync(path.join(graphs, 'weights.json'), 'utf8')) as Table;
}

/** @param graphs made of the same package */
export function packageWeights(model: string, graphs: string): Weights {
  const { places } = readTable(graphs);
  const manifest = readManifest(model);
  const read = (file: string): ArrayBuffer => {
    const { buffer, byteOffset, length } = readFileSync(path.join(model, file));
    return (buffer as ArrayBuffer).slice(byteOffset, byteOffset + length);
  };
  const embeddings = read(manifest.embeddings.file);
  const layers = manifest.layers.map(({ file }) => read(file));
  const exit = read(manifest.exits.at(-1)!.file);

  const matrices = new Map<string, Matrix>();
  /** Columns of one matrix, and the weights of several graphs, are asked for one by one. */
  const once = (name: string, make: () => Matrix): Matrix => {
    const matrix = matrices.get(name) ?? make();
    matrices.set(name, matrix);
    return matrix;
  };
  return (name) => {
    const [part, ...rest] = name.split(' ') as [string, ...string[]];
    if (name === 'embeddings words') return once(name, () => words(manifest, embeddings));
    if (part === 'embeddings') return once(name, () => embedding(manifest.embeddings.tensors, embeddings, rest[0]!));
    if (part === 'exit') return dequantised(exit, places.exit, rest[0]!);
    const [layer, tensor, columns] = rest as [string, string, string?];
    const whole = once(`${layer} ${tensor}`, () => dequantised(layers[Number(layer)]!, places.layer, tensor));
    if (!columns) return whole;
    const [start, end] = columns.split(':').map(Number) as [number, number];
    return slice(whole, start, end);
  };
}

function numbers(shard: ArrayBuffer, { offset, type, shape }: TensorPlace): Matrix {
  const [columns = 1, rows = 1] = shape.toReversed();
  const Type = type === 'int8' ? Int8Array : Float32Array;
  return { values: Float32Array.from(new Type(shard, offset, rows * columns)), rows, columns };
}

/** Rows with a scale each. */
function embedding(tensors: Record<string, TensorPlace>, shard: ArrayBuffer, name: string): Matrix {
  const table = numbers(shard, tensors[name]!);
  const scales = tensors[`${name.replace(/s$/, '')}_scales`];
  if (!scales) return table;
  const { values } = numbers(shard, scales);
  table.values.forEach((value, i) => (table.values[i] = value * values[Math.floor(i / table.columns)]!));
  return table;
}

/** As the worker reads them. */
function words(manifest: Manifest, shard: ArrayBuffer): Matrix {
  const { vocab_size: rows, hidden_size: columns } = manifest.architecture;
  const embeddings = new Embeddings(manifest, shard);
  const values = new Float32Array(rows * columns);
  for (let id = 0; id < rows; id++) embeddings.readWord(id, values, id * columns);
  return { values, rows, columns };
}

/** Columns of int8 with a scale each; of smoothed matrices also rows. */
function dequantised(shard: ArrayBuffer, places: Record<string, TensorPlace>, name: string): Matrix {
  const matrix = numbers(shard, places[name]!);
  const base = name.replace(/\.weight$/, '');
  if (places[name]!.type !== 'int8') return matrix;
  const scale = numbers(shard, places[`${base}.scale`]!).values;
  const smooth = places[`${base}.smooth`] && numbers(shard, places[`${base}.smooth`]!).values;
  const { values, columns } = matrix;
  values.forEach((value, i) => {
    values[i] = Math.fround(value * scale[i % columns]!) * (smooth ? smooth[Math.floor(i / columns)]! : 1);
  });
  return matrix;
}

function slice({ values, rows, columns }: Matrix, start: number, end: number): Matrix {
  const width = end - start;
  return { values: values.filter((_, i) => i % columns >= start && i % columns < end), rows, columns: width };
}

/** The bytes of one weight. */
export function made(weight: Weight, weights: Weights): Uint8Array {
  const { as, scale = 1, zero = 0, bytes } = weight;
  if (as === 'zeros') return new Uint8Array(bytes);
  const { values, columns } = oriented(weight, weights);
  // The table of positions may be cut to the longest text that a graph takes.
  if (as === 'float32') return new Uint8Array(values.buffer, values.byteOffset, bytes);
  if (as === 'uint8') return Uint8Array.from(values, (value) => clamp(Math.round(value / scale) + zero, 0, 255));
  const scaleOf = (i: number): number => (weight.rows ? Math.floor(i / columns) : i % columns);
  const scales = new Float32Array(weight.rows ? values.length / columns : columns);
  values.forEach((value, i) => {
    scales[scaleOf(i)] = Math.max(scales[scaleOf(i)]!, Math.abs(value) / 127);
  });
  if (as === 'scale') return new Uint8Array(scales.buffer);
  const ints = new Int8Array(values.map((value, i) => clamp(halfToEven(Math.fround(value / scales[scaleOf(i)]!)), -127, 127)));
  return new Uint8Array(ints.buffer);
}

/** A weight as floats, as it lies in the file. */
function oriented({ of, times, transposed }: Weight, weights: Weights): Matrix {
  const { values, rows, columns } = weights(of!);
  const factors = times === undefined ? undefined : weights(times).values;
  const floats = factors ? values.map((value, i) => value * factors[Math.floor(i / columns)]!) : values;
  if (!transposed) return { values: floats, rows, columns };
  const turned = floats.map((_, i) => floats[(i % rows) * columns + Math.floor(i / rows)]!);
  return { values: turned, rows: columns, columns: rows };
}

/** As NumPy rounds, and so every quantiser that is written with it. */
function halfToEven(value: number): number {
  const up = Math.round(value);
  return up - value === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
