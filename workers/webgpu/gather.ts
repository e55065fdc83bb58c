/**
 * Rows of one or several batches as one batch, by a kernel of our own. That drops the rows that
 * have left, and fills batches up again with what stayed of others.
 */

import { Kernel } from './kernel.js';
import { GrownBuffer, type OwnBuffers } from './own-buffers.js';
import type { Runtime, Tensor } from './runtime.js';

const THREADS = 256;

/** Some rows of a hidden state [B, T, H]. */
export interface Rows {
  hidden: Tensor;
  /** Which rows, in order. */
  rows: readonly number[];
}

export class Gatherer {
  private readonly kernel: Kernel;
  /** T of source and destination, the first row to write, then the rows to read. Used again each time. */
  private readonly shape: GrownBuffer;

  constructor(
    private readonly runtime: Runtime,
    private readonly buffers: OwnBuffers,
    private readonly width: number,
  ) {
    this.shape = new GrownBuffer(buffers, GPUBufferUsage.STORAGE);
    this.kernel = new Kernel(buffers.gpu, shader(width), 'gather');
  }

  /** [sum of rows, tokens, H], cut or padded with zeros; what is given stays. */
  gather(parts: readonly Rows[], tokens: number): Tensor {
    const count = parts.reduce((sum, { rows }) => sum + rows.length, 0);
    const gathered = this.runtime.blank([count, tokens, this.width]);
    let first = 0;
    for (const part of parts) {
      this.copy(part, gathered, first);
      first += part.rows.length;
    }
    return gathered;
  }

  private copy({ hidden, rows }: Rows, into: Tensor, first: number): void {
    const tokens = into.dims[1]!;
    const shape = this.shape.holding(Uint32Array.of(hidden.dims[1]!, tokens, first, ...rows));
    const buffers = [hidden.gpuBuffer, into.gpuBuffer, shape] as GPUBuffer[];
    const encoder = this.kernel.over(buffers, Math.ceil((tokens * this.width) / THREADS), rows.length);
    this.buffers.gpu.queue.submit([encoder.finish()]);
  }
}

function shader(width: number): string {
  return /* wgsl */ `
@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read_write> gathered: array<f32>;
@group(0) @binding(2) var<storage, read> shape: array<u32>;

@compute @workgroup_size(${THREADS})
fn gather(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let given = shape[0] * ${width}u;
  let wanted = shape[1] * ${width}u;
  let i = group.x * ${THREADS}u + thread;
  if (i >= wanted) {
    return;
  }
  var value = 0.0;
  if (i < given) {
    value = source[shape[3u + group.y] * given + i];
  }
  gathered[(shape[2] + group.y) * wanted + i] = value;
}
`;
}
