/** What our kernels for exits have in common: their weights on the GPU, and a dense layer. */

import type { OwnBuffers } from './own-buffers.js';

/** Threads of a workgroup. */
export const THREADS = 64;

/** A shard's floats on the GPU. */
export function loadWeights(buffers: OwnBuffers, floats: Float32Array<ArrayBuffer>): GPUBuffer {
  const buffer = buffers.create(floats.byteLength, GPUBufferUsage.STORAGE);
  buffers.gpu.queue.writeBuffer(buffer, 0, floats);
  return buffer;
}

export interface Dense {
  /** Constants of the kernel: how many numbers come in and go out, and where in `weights` the matrix [in, out] and its bias lie. */
  inputs: string;
  outputs: string;
  matrix: string;
  bias: string;
  /** WGSL of the `k`th input. */
  input: string;
  /** WGSL of what becomes of the `n`th output, `sum`. */
  store: string;
}

/** WGSL of a thread's share of a dense layer on one row. */
export function dense({ inputs, outputs, matrix, bias, input, store }: Dense): string {
  return `
  for (var n = thread; n < ${outputs}; n += ${THREADS}u) {
    var sum = weights[${bias} + n];
    for (var k = 0u; k < ${inputs}; k++) {
      sum += ${input} * weights[${matrix} + k * ${outputs} + n];
    }
    ${store}
  }`;
}
