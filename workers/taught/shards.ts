/**
 * Taught heads as shards, and read from them. As in all shards, tensors lie one after another, each at a multiple of 64
 * bytes, and matrices are int8 [in, out] with a scale a column (training/shards.py).
 */

import { ShardReader } from '../shard-reader.js';
import type { ExitHead } from './fit.js';
import type { WordCounts } from './words.js';

const ALIGNMENT = 64;
const LEVELS = 127;

/** An exit as it is shipped: logits of the state's discriminant are (weights · x) · scales + bias. */
export interface TaughtExit {
  /** [p, K]. */
  weights: Int8Array;
  scales: Float32Array;
  bias: Float32Array;
  /** Of opinions [m]. */
  mix: Float32Array;
}

/** weights int8 [p, K], scales [K], bias [K], mix [m]. What is the same for all labels is taken out: it says nothing. */
export function exitShard({ weights, bias, mix }: ExitHead): ArrayBuffer {
  const classes = bias.length;
  const width = weights.length / classes;
  const apart = weights.slice();
  for (let j = 0; j < width; j++) {
    let mean = 0;
    for (let c = 0; c < classes; c++) mean += weights[c * width + j]! / classes;
    for (let c = 0; c < classes; c++) apart[c * width + j]! -= mean;
  }
  const values = new Int8Array(width * classes);
  const scales = new Float32Array(classes);
  for (let c = 0; c < classes; c++) {
    const row = apart.subarray(c * width, (c + 1) * width);
    const most = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    scales[c] = most > 0 ? most / LEVELS : 1;
    row.forEach((value, j) => (values[j * classes + c] = Math.round(value / scales[c]!)));
  }
  const mean = bias.reduce((sum, value) => sum + value / classes, 0);
  return pack(values, scales, Float32Array.from(bias, (value) => value - mean), Float32Array.from(mix));
}

/**
 * @param opinions m
 * @throws PackageError where it is not as long as that
 */
export function readExit(shard: ArrayBuffer, width: number, classes: number, opinions: number): TaughtExit {
  const read = new ShardReader(shard, 'A taught exit');
  const exit = { weights: read.bytes(width * classes), scales: read.floats(classes), bias: read.floats(classes), mix: read.floats(opinions) };
  read.end();
  return exit;
}

/**
 * [pieces V, entries E] uint32; [prior, factor] float32; ids of the pieces uint32 [V]; where each one's entries end uint32
 * [V]; and of the entries, the label uint16 [E] and in how many of its texts the piece stands, uint16 [E].
 */
export function wordsShard({ pieces, prior, factor }: WordCounts): ArrayBuffer {
  const ids = [...pieces.keys()].toSorted((a, b) => a - b);
  const ends: number[] = [];
  const labels: number[] = [];
  const counts: number[] = [];
  for (const id of ids) {
    pieces.get(id)!.forEach((count, label) => {
      if (count === 0) return;
      labels.push(label);
      counts.push(count);
    });
    ends.push(labels.length);
  }
  return pack(Uint32Array.of(ids.length, labels.length), Float32Array.of(prior, factor), Uint32Array.from(ids), Uint32Array.from(ends), Uint16Array.from(labels), Uint16Array.from(counts));
}

/** @throws PackageError where it is not as long as it says */
export function readWords(shard: ArrayBuffer, classes: number): WordCounts {
  const read = new ShardReader(shard, 'The words of taught exits');
  const [known, entries] = integers(read, Uint32Array, 2) as unknown as [number, number];
  const [prior, factor] = read.floats(2) as unknown as [number, number];
  const ids = integers(read, Uint32Array, known);
  const ends = integers(read, Uint32Array, known);
  const labels = integers(read, Uint16Array, entries);
  const counts = integers(read, Uint16Array, entries);
  read.end();
  const pieces: WordCounts['pieces'] = new Map();
  ids.forEach((id, i) => {
    const row = new Uint16Array(classes);
    for (let entry = i > 0 ? ends[i - 1]! : 0; entry < ends[i]!; entry++) row[labels[entry]!] = counts[entry]!;
    pieces.set(id, row);
  });
  return { pieces, prior, factor };
}

function integers<T extends Uint16Array | Uint32Array>(read: ShardReader, kind: { new (buffer: ArrayBuffer, at: number, length: number): T; BYTES_PER_ELEMENT: number }, length: number): T {
  const { buffer, byteOffset } = read.bytes(length * kind.BYTES_PER_ELEMENT);
  return new kind(buffer as ArrayBuffer, byteOffset, length);
}

function pack(...tensors: (Int8Array | Uint16Array | Uint32Array | Float32Array)[]): ArrayBuffer {
  const places: number[] = [];
  let end = 0;
  for (const { byteLength } of tensors) {
    places.push(Math.ceil(end / ALIGNMENT) * ALIGNMENT);
    end = places.at(-1)! + byteLength;
  }
  const bytes = new Uint8Array(end);
  tensors.forEach(({ buffer, byteOffset, byteLength }, i) => bytes.set(new Uint8Array(buffer, byteOffset, byteLength), places[i]));
  return bytes.buffer;
}
