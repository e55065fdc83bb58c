/** What the dev set gave with a model that is not loaded. */

import { parseCalibration, parseManifest, type Calibration } from '../core/index.js';

/**
 * @param folder URL of a model package, ending in a slash
 * @throws DownloadError where it cannot be had; PackageError where it is none
 */
export async function readCalibration(folder: string): Promise<Calibration> {
  const { calibration, exits } = parseManifest(await readJson(`${folder}manifest.json`));
  return parseCalibration(await readJson(folder + calibration.file), exits);
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url).catch((error: Error) => failed(url, error.message));
  if (!response.ok) return failed(url, String(response.status));
  return response.json().catch((error: Error) => failed(url, error.message));
}

function failed(url: string, reason: string): never {
  throw Object.assign(new Error(`${url}: ${reason}`), { name: 'DownloadError' });
}
