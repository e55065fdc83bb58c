/** The door to the rooms: the one file that knows that there are two. */

import type { Device, RuntimeOptions } from '../src/contract.js';
import type { Model } from './model.js';
import type { Package } from './package.js';
import { WasmModel } from './wasm/wasm-model.js';
import { findAdapter } from './webgpu/gpu.js';
import { GpuModel } from './webgpu/gpu-model.js';

/** Throws DeviceError where a device is not to be had: to be asked before anything is fetched for it. */
export async function checkDevice(device: Device): Promise<void> {
  if (device === 'webgpu') await findAdapter();
}

/** A model whose stages are made when they first run; `warmUp` runs the first of them. */
export function openModel(pkg: Package, device: Device, options: RuntimeOptions): Promise<Model> {
  return device === 'wasm' ? WasmModel.open(pkg) : GpuModel.open(pkg, options);
}
