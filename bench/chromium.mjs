/**
 * Where a Chromium is on this machine, and how it is started. The only place that knows:
 * setup, evaluate and the browser tests ask here. Plain JavaScript, since setup runs it on a
 * machine that may have no packages installed yet.
 */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Software WebGPU where there is no GPU, and no traffic of the browser's own. */
export const LAUNCH_ARGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];

/**
 * The path of a Chromium that starts, or undefined: CHROMIUM_PATH, then an installed one, then
 * Playwright's own.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (starts(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, but no Chromium starts from there.`);
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const installed = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...installed, ...(await playwrights())].find((file) => existsSync(file) && starts(file));
}

/** Playwright's own browser, where its package is installed; the file may not be there. */
async function playwrights() {
  try {
    const { chromium } = await import('@playwright/test');
    return [chromium.executablePath()];
  } catch {
    return [];
  }
}

/** Some browsers on the PATH only tell people to install a snap. */
export function starts(/** @type {string} */ file) {
  try {
    return /\d+\./.test(execFileSync(file, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  } catch {
    return false;
  }
}
