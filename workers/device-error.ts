/** The device asked for is not to be had, or failed. */
export class DeviceError extends Error {
  override name = 'DeviceError';
}
