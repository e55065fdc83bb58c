/**
 * Which kernels run here. Relaxed SIMD where the browser has it; and of its two ways to sum products the
 * faster, which only timing tells: the engine's own is one instruction on Arm and on x86 with VNNI, five on
 * others. Both give the same integers.
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
 * Chosen once a thread, in some six milliseconds.
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

/** A product of this shape is some ten microseconds. */
const [ROWS, INPUTS, OUTPUTS] = [24, 384, 64];
/** Milliseconds that each has in a round. The best round counts. */
const TURN = 0.2;
/** The browser first compiles quickly, then well, which may take a while: it is timed until no round was five per cent better than those before for so many of them … */
const PATIENCE = 4;
/** … and for so many milliseconds at least, and so many at most. */
const [LEAST, MOST] = [5, 25];

/** Times both ways. One that gives other integers, as an unfinished implementation did, is not used. */
function isEngineSumBetter(module: WebAssembly.Module): boolean {
  const x = Float32Array.from({ length: ROWS * INPUTS }, (_, i) => (i * 31) % 128);
  // Small enough that two sums fit 16 bits, as nearly everywhere in a model (`kernels/pack.ts`).
  const weights = Int8Array.from({ length: INPUTS * OUTPUTS }, (_, i) => ((i * 7919) % 127) - 63);
  const product = loneProduct(module, x, INPUTS, weights);
  let [engine, own, best] = [0, 0, 0];
  const begin = performance.now();
  const took = (): number => performance.now() - begin;
  for (let round = 0; took() < LEAST || (round < best + PATIENCE && took() < MOST); round++) {
    product.engineSum = false;
    const byUs = runsInATurn(product.run);
    const expected = product.results.slice();
    product.engineSum = true;
    const byEngine = runsInATurn(product.run);
    if (expected.some((value, i) => value !== product.results[i])) return false;
    if (byUs > 1.05 * own || byEngine > 1.05 * engine) best = round + 1;
    [own, engine] = [Math.max(own, byUs), Math.max(engine, byEngine)];
  }
  return engine >= own;
}

function runsInATurn(run: () => void): number {
  const begin = performance.now();
  let runs = 0;
  for (; performance.now() - begin < TURN; runs++) run();
  return runs;
}
