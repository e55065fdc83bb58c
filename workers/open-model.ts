/** The door to the rooms: the one file that knows that there are two. */

import type { Device, RuntimeOptions } from '../src/contract.js';
import { DeviceError } from './device-error.js';
import type { Model } from './model.js';
import type { Package } from './package.js';
import { chooseKernels } from './wasm/choose-kernels.js';
import { WasmModel } from './wasm/wasm-model.js';
import { describeAdapter, findAdapter } from './webgpu/gpu.js';
import { GpuModel } from './webgpu/gpu-model.js';
import { loadOrt, type Fetch } from './webgpu/runtime.js';

/**
 * Begins to load what a device takes besides the package.
 *
 * @throws DeviceError where the device is not to be had, before anything is fetched
 */
export async function prepareDevice(device: Device, options: RuntimeOptions, fetched: Fetch): Promise<void> {
  if (device === 'wasm') {
    chooseKernels().catch(() => {}); // told where a model is opened
    return;
  }
  await findAdapter();
  loadOrt(options, fetched).catch(() => {}); // told where a model is opened
}

/** A model whose stages are made when they first run; `warmUp` runs the first of them. */
export async function openModel(pkg: Package, device: Device, options: RuntimeOptions): Promise<Model> {
  if (device === 'webgpu' && pkg.manifest.architecture.exit_kind) {
    throw new DeviceError("Taught exits run on WASM only. Load the model with device 'wasm'.");
  }
  return device === 'wasm' ? WasmModel.open(pkg) : GpuModel.open(pkg, options);
}

/** A model whose hidden states can be read: on WASM. */
export function openReader(pkg: Package): Promise<WasmModel> {
  return WasmModel.open(pkg);
}

/** The GPU in words; undefined where there is none. */
export async function describeGpu(): Promise<string | undefined> {
  const adapter = await findAdapter().catch(() => undefined);
  return adapter && describeAdapter(adapter);
}
