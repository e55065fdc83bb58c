/**
 * Which kernels run here. Relaxed SIMD where the browser has it; and of its two ways to sum products the faster.
 * The engine's own is one instruction on Arm and on x86 with VNNI, five on other x86; which it is, it tells
 * itself by what it makes of an activation beyond 7 bits. (Timing tells too, but not on a machine that has other
 * things to do, where the browser's second, better compilation keeps one waiting.) Both give the same integers.
 */

import { DeviceError } from '../device-error.js';
import { plain } from './built/plain.js';
import { relaxed } from './built/relaxed.js';
import { loneProduct } from './lone-product.js';

export interface KernelChoice {
  module: WebAssembly.Module;
  /** Of the relaxed: whether the engine sums. */
  engineSum: boolean;
  /** In words. */
  description: string;
}

let chosen: Promise<KernelChoice> | undefined;

/**
 * Chosen once a thread.
 *
 * @throws DeviceError where the browser does not let wasm run, or has no SIMD
 */
export function chooseKernels(): Promise<KernelChoice> {
  chosen ??= choose(decoded(relaxed)).catch((cause: Error) => {
    chosen = undefined;
    throw new DeviceError(
      `The encoder could not be compiled (${cause.message}). It needs WebAssembly with SIMD; and a content security policy, if there is one, has to allow 'wasm-unsafe-eval' in script-src.`,
    );
  });
  return chosen;
}

async function choose(bytes: Uint8Array<ArrayBuffer>): Promise<KernelChoice> {
  if (!WebAssembly.validate(bytes)) {
    return { module: await WebAssembly.compile(decoded(plain)), engineSum: false, description: 'SIMD without relaxed instructions' };
  }
  const module = await WebAssembly.compile(bytes);
  const engineSum = isEngineSumBetter(module);
  return { module, engineSum, description: `relaxed SIMD, products summed by ${engineSum ? "the browser's instruction" : 'two of our own'}` };
}

/** A build's bytes. */
export function decoded(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * Whether the engine's own sum is the faster. On x86 without VNNI it goes by way of sums of two products in 16
 * bits, which an activation beyond 7 bits brings to their end: 2 · 32767 where others have 4 · 127 · 255, or
 * 4 · 127 · -1. Where it gives other integers than ours, as an unfinished implementation did, it is not used.
 */
function isEngineSumBetter(module: WebAssembly.Module): boolean {
  const [rows, inputs, outputs] = [5, 64, 8];
  const x = Float32Array.from({ length: rows * inputs }, (_, i) => (i * 31) % 128);
  const weights = Int8Array.from({ length: inputs * outputs }, (_, i) => ((i * 7919) % 255) - 127);
  const product = loneProduct(module, x, inputs, weights);
  const integersOf = (engineSum: boolean): number[] => {
    product.engineSum = engineSum;
    product.run();
    return [...product.results];
  };
  const ours = integersOf(false);
  return product.dot(127, 255) !== 2 * 32767 && integersOf(true).every((value, i) => value === ours[i]);
}
