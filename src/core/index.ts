/**
 * The `fastbert-web/core` entry: pure functions for page, worker and Node alike.
 *
 * @module fastbert-web/core
 */

export { beliefOf, sigmoid, softmax, uncertainty } from './entropy.js';
export { classesOf, gate, labelsOf, leaves, likeliest, uniform, type Belief, type Thresholds } from './gate.js';
export { replay } from './replay.js';
export { atSpeed, atThresholds, exitOf, parseCalibration, wilson, type Calibration, type CurvePoint } from './calibration.js';
export { luha, reliability, type Reliability, type UncertaintyBin } from './luha.js';
export { thresholdsFor, type Target } from './target.js';
export { forAgreement, type Promised } from './risk-control.js';
export { fitThresholds, forAccuracy, forSpeedup, frontier, type Setting } from './thresholds.js';
export { schedule, type Costs } from './schedule.js';
export { parseManifest, partsOf, type Architecture, type Manifest, type Part, type ProblemType, type Templates, type TensorPlace } from './manifest.js';
export { exitMultiplyAdds, layerMultiplyAdds } from './cost.js';
export { PackageError } from './package-error.js';
