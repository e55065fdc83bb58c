/** The worker's GPU: one device for all models, as long as one of them uses it. */

import { DeviceError } from '../device-error.js';

/** The browser's GPU, or why there is none. */
export async function findAdapter(): Promise<GPUAdapter> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter) return adapter;
  throw new DeviceError(
    navigator.gpu
      ? "This browser has WebGPU but offers no GPU adapter. Use device 'auto' or 'wasm', or turn on hardware acceleration."
      : "This browser has no WebGPU here. Use device 'auto' or 'wasm', or a page served over https by a browser with WebGPU.",
  );
}

export function describeAdapter({ info }: GPUAdapter): string {
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ');
  return (name || 'a GPU') + (info.isFallbackAdapter ? ' (software)' : '');
}

let shared: Promise<Gpu> | undefined;

export class Gpu {
  /** Why it was lost, once it is. */
  lost: string | undefined;
  private users = 0;

  private constructor(
    readonly device: GPUDevice,
    readonly description: string,
  ) {}

  /** The device that is there, or a new one; to be released as often as it was acquired. */
  static async acquire(): Promise<Gpu> {
    shared ??= Gpu.open().catch((error: unknown) => {
      shared = undefined;
      throw error;
    });
    const gpu = await shared;
    gpu.users++;
    return gpu;
  }

  private static async open(): Promise<Gpu> {
    const adapter = await findAdapter();
    // No 'subgroups': with it ORT 1.30 takes a flash attention that, on an adapter with subgroups
    // of four (SwiftShader), is wrong from 32 tokens on; without it both agree to 1e-6.
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    const gpu = new Gpu(device, describeAdapter(adapter));
    void device.lost.then(({ reason, message }) => gpu.lose(message || reason));
    return gpu;
  }

  private lose(reason: string): void {
    this.lost = reason;
    if (this.users > 0) shared = undefined; // else it was released, and another may be there by now
  }

  /** The last to release it ends it. */
  release(): void {
    if (--this.users > 0) return;
    if (this.lost === undefined) shared = undefined;
    this.device.destroy();
  }
}
