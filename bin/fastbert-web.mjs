#!/usr/bin/env node
/** `npx fastbert-web copy-assets public/`: what a page fetches from its own server and no bundler puts there. */

import { cpSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyOrt, findOrt } from './ort.mjs';

const USAGE = `Usage: npx fastbert-web copy-assets FOLDER [--webgpu]

Copies the library, for pages without a bundler, to FOLDER/fastbert-web, where FOLDER is one that your
server sends to browsers, often public/.

  --webgpu  also what WebGPU needs, for pages with a bundler and without: ONNX Runtime, out of the
            installed onnxruntime-web, to FOLDER/fastbert-web/ort`;

const built = path.join(import.meta.dirname, '../dist-lib');

const asked = parse();
if (asked?.values.help) console.log(USAGE);
else if (asked) copyAssets(asked.positionals, asked.values.webgpu);

/** What was asked for; undefined where an option is unknown. */
function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, webgpu: { type: 'boolean', default: false } },
    });
  } catch (error) {
    misused(/** @type {Error} */ (error).message);
    return undefined;
  }
}

function copyAssets(/** @type {string[]} */ [command, folder, ...rest], /** @type {boolean} */ webgpu) {
  if (command !== 'copy-assets') {
    misused(command === undefined ? 'There is no command.' : `There is no command ${JSON.stringify(command)}.`);
  } else if (folder === undefined || rest.length > 0) {
    misused(`copy-assets takes one folder, not ${rest.length > 0 ? rest.length + 1 : 'none'}.`);
  } else if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    misused(`${folder} is no folder here (${process.cwd()}).`);
  } else {
    const target = path.join(folder, 'fastbert-web');
    try {
      copyTo(target, webgpu ? findOrt() : undefined);
      tell(target, webgpu);
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      process.exitCode = 1;
    }
  }
}

/** @param {string | undefined} ort where ONNX Runtime's files are, if they are to be copied */
function copyTo(/** @type {string} */ target, ort) {
  const types = path.join(built, 'src');
  try {
    cpSync(built, target, { recursive: true, filter: (file) => file !== types });
    if (ort !== undefined) copyOrt(ort, path.join(target, 'ort'));
  } catch (cause) {
    throw new Error(`${target} could not be written (${/** @type {Error} */ (cause).message}).`, { cause });
  }
}

function tell(/** @type {string} */ target, /** @type {boolean} */ webgpu) {
  console.log(`Copied to ${target}:`);
  for (const file of /** @type {string[]} */ (readdirSync(target, { recursive: true }))) {
    const { size } = statSync(path.join(target, file));
    if (/\.(js|wasm)$/.test(file)) console.log(`${(size / 1e6).toFixed(2).padStart(8)} MB  ${file}`);
  }
  console.log(`
A page without a bundler writes

  import { pipeline } from '/fastbert-web/index.js';`);
  if (!webgpu) return;
  console.log(`
For WebGPU it tells pipeline() where ONNX Runtime is, and so does a page with a bundler:

  pipeline('text-classification', model, { ortPath: '/fastbert-web/ort/' });`);
}

function misused(/** @type {string} */ what) {
  console.error(`${what}\n\n${USAGE}`);
  process.exitCode = 2;
}
