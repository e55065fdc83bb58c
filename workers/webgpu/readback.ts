/** What an exit says, on its way back from the GPU: all that ever leaves it. */

import type { Reading } from '../stage.js';
import type { OwnBuffers } from './own-buffers.js';

export class Readback {
  /** To read from; a gate may begin while another is still being read. */
  private readonly staging: GPUBuffer[] = [];

  constructor(private readonly buffers: OwnBuffers) {}

  /** Submits what was encoded, and with it the way back of its logits, of `bytes` in all. */
  submit(encoder: GPUCommandEncoder, logits: GPUBuffer, bytes: number, rows: number): Reading {
    const staging = this.takeStaging(bytes);
    encoder.copyBufferToBuffer(logits, 0, staging, 0, bytes);
    this.buffers.gpu.queue.submit([encoder.finish()]);
    return {
      rows,
      read: async () => {
        await staging.mapAsync(GPUMapMode.READ, 0, bytes);
        const values = new Float32Array(staging.getMappedRange(0, bytes).slice(0));
        staging.unmap();
        this.staging.push(staging);
        return values;
      },
    };
  }

  private takeStaging(bytes: number): GPUBuffer {
    const found = this.staging.findIndex(({ size }) => size >= bytes);
    if (found >= 0) return this.staging.splice(found, 1)[0]!;
    // Those that are too small for now are of no use later either: batches grow, then stay.
    for (const small of this.staging.splice(0)) this.buffers.destroy(small);
    return this.buffers.create(bytes, GPUBufferUsage.MAP_READ);
  }
}
