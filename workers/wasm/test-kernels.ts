/** For unit tests: both builds of the kernels, wherever Node can run them. */

import { setFlagsFromString } from 'node:v8';
import { plain } from './built/plain.js';
import { relaxed } from './built/relaxed.js';

// Node 20 has relaxed SIMD behind a flag, and its first, quick compiler gets the engine's own sum wrong.
setFlagsFromString('--experimental-wasm-relaxed-simd');
setFlagsFromString('--no-liftoff');

export const BUILDS = { plain: moduleOf(Buffer.from(plain, 'base64')), relaxed: moduleOf(Buffer.from(relaxed, 'base64')) };

/** Every way to sum products. */
export const KERNELS = [
  { name: 'plain', module: BUILDS.plain, engineSum: false },
  { name: 'relaxed, our sum', module: BUILDS.relaxed, engineSum: false },
  { name: "relaxed, the engine's sum", module: BUILDS.relaxed, engineSum: true },
];

export function moduleOf(wasm: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  return new WebAssembly.Module(wasm);
}
