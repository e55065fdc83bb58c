/** What the loop asks of a GPU, counted on any adapter, the software one too: the same on every machine. */

import type { Page } from '@playwright/test';
import { countGpu } from './count-gpu.js';

/** Dispatches, and bytes that come back, of one layer, one gate and one row. */
export interface GpuCost {
  dispatchesPerLayer: number;
  dispatchesPerGate: number;
  readbackBytesPerRow: number;
  /** Bytes that came back and were no exit's numbers. */
  hiddenReadbackBytes: number;
  /** Buffers that our own code made for a text of a shape that was there before. */
  ownBuffersPerText: number;
  submitsPerText: number;
  uploadedBytesPerText: number;
}

const ROWS = 8;
/** Dispatches that make a batch's mask. */
const MASKS = 1;

/** @param page with a model of L layers loaded on WebGPU, on the harness; labels: N */
export async function gpuCost(page: Page, text: string, layers: number, labels: number): Promise<GpuCost> {
  const trace = (texts: string[], mode: 'fast' | 'explore'): Promise<unknown> =>
    page.evaluate(([some, how]) => fastbert.classify!.trace(some, { speed: 0, mode: how }), [texts, mode] as const);
  await trace([text], 'explore'); // now everything is loaded
  const counts = await countGpu(page);
  await counts(); // from here
  await trace([text], 'fast');
  const full = await counts();
  await trace([text], 'explore');
  const gated = await counts();
  // Full depth asks the last exit alone; exploring, every one.
  const gate = (gated.dispatches - full.dispatches) / layers;
  await trace(Array<string>(ROWS).fill(text), 'explore');
  const batch = await counts();
  const logits = batch.maps * ROWS * labels * 4;
  return {
    dispatchesPerLayer: (full.dispatches - MASKS - gate) / layers,
    dispatchesPerGate: gate,
    readbackBytesPerRow: batch.mappedBytes / batch.maps / ROWS,
    hiddenReadbackBytes: batch.mappedBytes - logits,
    ownBuffersPerText: full.ownBuffers,
    submitsPerText: full.submits,
    uploadedBytesPerText: full.writtenBytes,
  };
}
