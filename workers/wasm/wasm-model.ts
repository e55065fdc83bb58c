/** PLACEHOLDER, types only: the engine's own file takes its place when it lands. */

import { DeviceError } from '../device-error.js';
import type { Model } from '../model.js';
import type { Package } from '../package.js';

export abstract class WasmModel implements Model {
  abstract readonly pkg: Model['pkg'];
  abstract readonly device: 'wasm';
  abstract readonly description: string;
  abstract readonly stages: Model['stages'];
  abstract readonly limits: Model['limits'];
  abstract readonly lost: undefined;
  abstract embed: Model['embed'];
  abstract join: Model['join'];
  abstract beliefs: Model['beliefs'];
  abstract warmUp: Model['warmUp'];
  abstract prepareRest: Model['prepareRest'];
  abstract close: Model['close'];
  abstract whenLost: Model['whenLost'];

  static open(pkg: Package): Promise<WasmModel> {
    return Promise.reject(new DeviceError(`${pkg.manifest.name}: this build has no WASM engine yet.`));
  }
}
