/** The `fastbert-web/core` entry: pure functions for page, worker and Node alike. */

export { softmax, uncertainty } from './entropy.js';
export { gate, leaves, type Belief } from './gate.js';
export { replay } from './replay.js';
export { atSpeed, exitOf, parseCalibration, wilson, type Calibration, type CurvePoint } from './calibration.js';
export { parseManifest, type Architecture, type Manifest, type Part } from './manifest.js';
export { exitMultiplyAdds, layerMultiplyAdds } from './cost.js';
export { PackageError } from './package-error.js';
