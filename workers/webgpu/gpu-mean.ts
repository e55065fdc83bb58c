/** Means of hidden states over their tokens on a GPU, by a kernel of our own: a row a text comes back. */

import { Kernel } from './kernel.js';
import { GrownBuffer, type OwnBuffers } from './own-buffers.js';
import type { Readback } from './readback.js';

const THREADS = 64;

export class GpuMeans {
  private readonly kernel: Kernel;
  /** T, then the lengths of a batch's rows. */
  private readonly shape: GrownBuffer;
  private readonly means: GrownBuffer;

  constructor(
    buffers: OwnBuffers,
    private readonly readback: Readback,
    private readonly width: number,
  ) {
    this.shape = new GrownBuffer(buffers, GPUBufferUsage.STORAGE);
    this.means = new GrownBuffer(buffers, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    this.kernel = new Kernel(buffers.gpu, shader(width), 'average');
  }

  /**
   * [B, H]; what was begun before it on the queue is done before it.
   *
   * @param hidden [B, T, H]
   * @param lengths of the rows in tokens [B]
   * @param tokens T
   */
  of(hidden: GPUBuffer, lengths: readonly number[], tokens: number): Promise<Float32Array> {
    const bytes = lengths.length * this.width * 4;
    const means = this.means.of(bytes);
    const encoder = this.kernel.over([hidden, this.shape.holding(Uint32Array.of(tokens, ...lengths)), means], lengths.length);
    return this.readback.submit(encoder, means, bytes, lengths.length).read();
  }
}

function shader(width: number): string {
  return /* wgsl */ `
@group(0) @binding(0) var<storage, read> hidden: array<f32>;
@group(0) @binding(1) var<storage, read> shape: array<u32>;
@group(0) @binding(2) var<storage, read_write> means: array<f32>;

@compute @workgroup_size(${THREADS})
fn average(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let length = shape[1u + group.x];
  let first = group.x * shape[0] * ${width}u;
  for (var i = thread; i < ${width}u; i += ${THREADS}u) {
    var sum = 0.0;
    for (var t = 0u; t < length; t++) {
      sum += hidden[first + t * ${width}u + i];
    }
    means[group.x * ${width}u + i] = sum / f32(length);
  }
}
`;
}
