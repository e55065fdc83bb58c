/** A model package's own files, read from its folder. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCalibration, parseManifest, type Calibration, type Manifest } from '../src/core/index.js';

export function readManifest(folder: string): Manifest {
  return parseManifest(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
}

export function readCalibration(folder: string, { calibration, exits }: Manifest): Calibration {
  return parseCalibration(JSON.parse(readFileSync(path.join(folder, calibration.file), 'utf8')), exits);
}
