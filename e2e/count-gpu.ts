/**
 * Counts what the classifier's worker asks of the GPU. The worker's own code knows nothing of it:
 * Playwright wraps the WebGPU prototypes inside the running worker. Unlike times, the counts are
 * the same on every machine.
 */

import type { Page } from '@playwright/test';

export interface GpuCounts {
  dispatches: number;
  submits: number;
  /** Buffers made, and their bytes. */
  buffers: number;
  bufferBytes: number;
  /** Bytes sent to the GPU. */
  writtenBytes: number;
  /** Readbacks, and their bytes. */
  maps: number;
  mappedBytes: number;
}

declare global {
  /** Set in the worker only. */
  var gpuCounts: GpuCounts;
}

/**
 * Starts counting in a page whose pipeline is loaded.
 *
 * @returns reads the counts since it was last called, or since the start
 */
export async function countGpu(page: Page): Promise<() => Promise<GpuCounts>> {
  const worker = page.workers().find((candidate) => candidate.url().includes('classifier.worker'));
  if (!worker) throw new Error('the page has no classifier worker; load a pipeline first');

  await worker.evaluate(() => {
    const none = { dispatches: 0, submits: 0, buffers: 0, bufferBytes: 0, writtenBytes: 0, maps: 0, mappedBytes: 0 };
    globalThis.gpuCounts = none;

    function before<P extends object>(type: { prototype: P }, method: keyof P, count: (self: P, args: any[]) => void) {
      const original = type.prototype[method] as (...args: unknown[]) => unknown;
      type.prototype[method] = function (this: P, ...args: unknown[]) {
        count(this, args);
        return original.apply(this, args);
      } as P[keyof P];
    }

    before(GPUComputePassEncoder, 'dispatchWorkgroups', () => gpuCounts.dispatches++);
    before(GPUComputePassEncoder, 'dispatchWorkgroupsIndirect', () => gpuCounts.dispatches++);
    before(GPUQueue, 'submit', () => gpuCounts.submits++);
    before(GPUQueue, 'writeBuffer', (_, [, , data, , size]) => {
      gpuCounts.writtenBytes += size ?? data.byteLength;
    });
    before(GPUDevice, 'createBuffer', (_, [{ size }]) => {
      gpuCounts.buffers++;
      gpuCounts.bufferBytes += size;
    });
    before(GPUBuffer, 'mapAsync', (buffer, [, offset = 0, size = buffer.size - offset]) => {
      gpuCounts.maps++;
      gpuCounts.mappedBytes += size;
    });
  });

  return () =>
    worker.evaluate(() => {
      const counts = { ...gpuCounts };
      for (const name of Object.keys(gpuCounts) as (keyof typeof gpuCounts)[]) gpuCounts[name] = 0;
      return counts;
    });
}
