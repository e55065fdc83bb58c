/** What threads of a kernel share has a limit, and a pipeline beyond it is invalid without a word: its results are zeros. */

import { DeviceError } from '../device-error.js';

/** @param what of the model needs so many bytes */
export function checkWorkgroup({ limits }: Pick<GPUDevice, 'limits'>, bytes: number, what: string): void {
  const most = limits.maxComputeWorkgroupStorageSize;
  if (bytes <= most) return;
  throw new DeviceError(`This model's ${what} would take ${bytes} bytes of a workgroup on the GPU, which gives ${most}. Load the model with device 'wasm'.`);
}
