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
  /** Those of them that this project's code made, by their label. */
  ownBuffers: number;
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
    if (globalThis.gpuCounts) return; // counted already
    const none = { dispatches: 0, submits: 0, buffers: 0, bufferBytes: 0, ownBuffers: 0, writtenBytes: 0, maps: 0, mappedBytes: 0 };
    globalThis.gpuCounts = none;

    const pass = GPUComputePassEncoder.prototype;
    const before: [prototype: object, method: string, count: (self: any, args: any[]) => void][] = [
      [pass, 'dispatchWorkgroups', () => gpuCounts.dispatches++],
      [pass, 'dispatchWorkgroupsIndirect', () => gpuCounts.dispatches++],
      [GPUQueue.prototype, 'submit', () => gpuCounts.submits++],
      [
        GPUQueue.prototype,
        'writeBuffer',
        (_, [, , data, , size]) => (gpuCounts.writtenBytes += size ?? data.byteLength),
      ],
      [
        GPUDevice.prototype,
        'createBuffer',
        (_, [{ size, label }]) => {
          if (label === 'fastbert-web') gpuCounts.ownBuffers++;
          gpuCounts.buffers++;
          gpuCounts.bufferBytes += size;
        },
      ],
      [
        GPUBuffer.prototype,
        'mapAsync',
        (buffer, [, offset = 0, size = buffer.size - offset]) => {
          gpuCounts.maps++;
          gpuCounts.mappedBytes += size;
        },
      ],
    ];
    // In a loop: tsx gives every named function a helper that the worker has not.
    for (const [prototype, method, count] of before) {
      const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
      const original = methods[method]!;
      methods[method] = function (...args) {
        count(this, args);
        return original.apply(this, args);
      };
    }
  });

  return () =>
    worker.evaluate(() => {
      const counts = { ...gpuCounts };
      for (const name of Object.keys(gpuCounts) as (keyof typeof gpuCounts)[]) gpuCounts[name] = 0;
      return counts;
    });
}
