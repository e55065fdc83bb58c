/** Means of hidden states over their tokens on a GPU, by a kernel of our own: a row a text comes back. */

import { GrownBuffer, type OwnBuffers } from './own-buffers.js';
import type { Readback } from './readback.js';

const THREADS = 64;

export class GpuMeans {
  private readonly kernel: GPUComputePipeline;
  /** T, then the lengths of a batch's rows. */
  private readonly shape: GrownBuffer;
  private readonly means: GrownBuffer;

  constructor(
    private readonly buffers: OwnBuffers,
    private readonly readback: Readback,
    private readonly width: number,
  ) {
    const { gpu } = buffers;
    this.shape = new GrownBuffer(buffers, GPUBufferUsage.STORAGE);
    this.means = new GrownBuffer(buffers, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const module = gpu.createShaderModule({ code: shader(width) });
    this.kernel = gpu.createComputePipeline({ layout: 'auto', compute: { module, entryPoint: 'average' } });
  }

  /**
   * [B, H]; what was begun before it on the queue is done before it.
   *
   * @param hidden [B, T, H]
   * @param lengths of the rows in tokens [B]
   * @param tokens T
   */
  of(hidden: GPUBuffer, lengths: readonly number[], tokens: number): Promise<Float32Array> {
    const { gpu } = this.buffers;
    const bytes = lengths.length * this.width * 4;
    const means = this.means.of(bytes);
    const group = gpu.createBindGroup({
      layout: this.kernel.getBindGroupLayout(0),
      entries: [hidden, this.shape.holding(Uint32Array.of(tokens, ...lengths)), means].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, group);
    pass.setPipeline(this.kernel);
    pass.dispatchWorkgroups(lengths.length);
    pass.end();
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
