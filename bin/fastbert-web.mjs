#!/usr/bin/env node
/** `npx fastbert-web copy-assets public/`: for pages without a bundler, and for wasm on a host of its own. */

import { cpSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const USAGE = `Usage: npx fastbert-web copy-assets FOLDER

Copies the library and ONNX Runtime's wasm to FOLDER/fastbert-web, where FOLDER is one that your
server sends to browsers, often public/.`;

const built = path.join(import.meta.dirname, '../dist-lib');
const [command, folder, ...rest] = process.argv.slice(2);

if (command === '--help' || command === '-h') {
  console.log(USAGE);
} else if (command !== 'copy-assets') {
  stop(command === undefined ? 'There is no command.' : `There is no command ${JSON.stringify(command)}.`);
} else if (folder === undefined || rest.length > 0) {
  stop(`copy-assets takes one folder, not ${rest.length > 0 ? rest.length + 1 : 'none'}.`);
} else if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  stop(`${folder} is no folder here (${process.cwd()}).`);
} else {
  copyTo(path.join(folder, 'fastbert-web'));
}

function copyTo(/** @type {string} */ target) {
  const types = path.join(built, 'src');
  cpSync(built, target, { recursive: true, filter: (file) => file !== types });
  console.log(`Copied to ${target}:`);
  for (const file of /** @type {string[]} */ (readdirSync(target, { recursive: true }))) {
    const { size } = statSync(path.join(target, file));
    if (/\.(js|wasm)$/.test(file)) console.log(`${(size / 1e6).toFixed(2).padStart(8)} MB  ${file}`);
  }
  console.log(`
A page without a bundler writes

  import { pipeline } from '/fastbert-web/index.js';

With a bundler nothing need be copied. Should the wasm come from here all the same, write

  pipeline('text-classification', model, { wasmPaths: '/fastbert-web/ort/' });`);
}

function stop(/** @type {string} */ what) {
  console.error(`${what}\n\n${USAGE}`);
  process.exitCode = 2;
}
