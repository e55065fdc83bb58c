/** One product alone in an instance of the kernels: to be timed, and to be compared by its integers. */

import { MATRIX, type Kernels } from './engine.js';

export interface LoneProduct {
  run(): void;
  /** As `Engine.engineSum`. */
  engineSum: boolean;
  /** Four products w·x, summed by the engine. */
  dot(w: number, activation: number): number;
  /** Of the last run, f32 [rows, outputs]: with scales of 1 and no bias these are the integers. */
  readonly results: Float32Array;
}

/**
 * @param x f32 [rows, inputs], which is rounded
 * @param weights int8 [inputs, outputs]; inputs a multiple of 16, outputs of 8
 */
export function loneProduct(module: WebAssembly.Module, x: Float32Array, inputs: number, weights: Int8Array): LoneProduct {
  const kernels = new WebAssembly.Instance(module, { env: { abort: () => {} } }).exports as unknown as Kernels;
  const { memory } = kernels;
  const [rows, outputs] = [x.length / inputs, weights.length / inputs];
  let top = kernels.heapBase.value as number;
  const place = (bytes: number): number => {
    const at = Math.ceil(top / 64) * 64;
    top = at + bytes;
    return at;
  };
  const parts = {
    inputs, outputs, weights: place(weights.length), apart: place(weights.length / 64), sums: place(4 * outputs),
    scales: place(4 * outputs), bias: place(4 * outputs), smooth: 0,
  };
  const [matrix, given, q, scales, zeros, out] = [4 * MATRIX.length, 4 * Math.max(x.length, outputs), 2 * x.length, 4 * rows, 4 * rows, 4 * rows * outputs].map(place) as [number, number, number, number, number, number];
  memory.grow(Math.ceil(top / 65536));
  new Int32Array(memory.buffer).set(MATRIX.map((name) => parts[name]), matrix / 4);
  new Float32Array(memory.buffer, parts.scales, outputs).fill(1);
  for (let i = 0; i < inputs; i += 4) {
    new Int8Array(memory.buffer).set(weights.subarray(i * outputs, (i + 4) * outputs), given);
    kernels.packRows(matrix, given, i);
  }
  new Float32Array(memory.buffer).set(x, given / 4);
  kernels.roundRows(given, rows, inputs, 0, q, scales, zeros);
  new Float32Array(memory.buffer, scales, rows).fill(1);
  return {
    run: () => kernels.product(q, scales, zeros, rows, matrix, out),
    set engineSum(yes: boolean) {
      kernels.useEngineSum(Number(yes));
    },
    dot: (w, activation) => kernels.dotOf(w, activation),
    results: new Float32Array(memory.buffer, out, rows * outputs),
  };
}
