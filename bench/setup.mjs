/**
 * Brings a fresh clone to where the other commands work: packages, the compiled kernels, and with --browser a Chromium.
 * Needs nothing but Node, does only what is missing, and writes to stderr, so that the standard
 * output of the command that follows stays its own.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './chromium.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`This is Node ${process.versions.node}; fastbert-web needs 20.19 or newer: https://nodejs.org`);
}

process.chdir(path.dirname(import.meta.dirname));
if (!packagesAreCurrent()) {
  console.error('Installing packages (npm ci) …');
  if (!run('npm', ['ci', '--ignore-scripts'])) stop('npm ci failed; its message is above.');
}
if (!run('npm', ['run', '-s', 'kernels'])) stop('The kernels of workers/wasm could not be compiled; the message is above.');
if (process.argv.includes('--browser')) {
  await installChromium().catch((/** @type {Error} */ error) => stop(error.message));
}

/** Whether node_modules holds what package-lock.json lists; npm keeps its own list in there. */
function packagesAreCurrent() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || present[name]?.version === version,
  );
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesIn(/** @type {string} */ lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}

async function installChromium() {
  if (await findChromium()) return;
  console.error('No Chrome or Chromium found; trying to install one …');
  run('npx', ['playwright', 'install', '--no-shell', 'chromium']);
  if (await findChromium()) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (existsSync('/etc/debian_version')) {
    runAll([...sudo, 'apt-get', 'update'], [...sudo, 'apt-get', 'install', '-y', 'chromium']);
    if (await findChromium()) return;
  }
  stop(
    'No Chrome or Chromium found, and none could be installed. Install one (Debian: ' +
      'apt-get install chromium), or set CHROMIUM_PATH to its executable, and run this again.',
  );
}

function runAll(/** @type {string[][]} */ ...commands) {
  return commands.every(([command = '', ...args]) => run(command, args));
}

function run(/** @type {string} */ command, /** @type {string[]} */ args) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
}

/** @returns {never} */
function stop(/** @type {string} */ message) {
  console.error(message);
  process.exit(1);
}
