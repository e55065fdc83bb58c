/**
 * Device 'auto': which of the two is faster is measured, once, on this machine. Small encoders
 * are often faster on WASM, and that a GPU is there proves nothing.
 */

import type { Device, DeviceTimes, RuntimeOptions } from '../src/contract.js';
import { describeAdapter } from './gpu.js';
import { time } from './measure-costs.js';
import { Model } from './model.js';
import type { Package } from './package.js';


/** Where the answer is remembered; a worker has no localStorage. */
const STORE = 'fastbert-web-device-1';
const MEASUREMENTS = 7;
/** A slow device is known after two rounds past the first. */
const BUDGET_MS = 400;

interface Choice {
  device: Device;
  measured: DeviceTimes;
}

/** What the answer depends on: the model's shape, the adapter, the browser. */
function choiceKey(pkg: Package, adapter: GPUAdapter): string {
  const { hidden_size, intermediate_size } = pkg.manifest.architecture;
  const machine = [describeAdapter(adapter), navigator.hardwareConcurrency];
  return [hidden_size, intermediate_size, ...machine, navigator.userAgent].join('|');
}

function address(key: string): string {
  return `${self.location.origin}/fastbert-web/device?${encodeURIComponent(key)}`;
}

/** The answer given before, if any. Where nothing can be stored, it is measured every time. */
async function remembered(key: string): Promise<Choice | undefined> {
  try {
    const found = await (await caches.open(STORE)).match(address(key));
    return found && ((await found.json()) as Choice);
  } catch {
    return undefined;
  }
}

async function remember(key: string, choice: Choice): Promise<void> {
  try {
    await (await caches.open(STORE)).put(address(key), Response.json(choice));
  } catch {
    // Private windows and full disks: nothing is lost but the time to measure again.
  }
}

/** Median milliseconds of a layer with its exit, until its logits are here. */
async function timeLayer(model: Model): Promise<number> {
  const times: number[] = [];
  const began = performance.now();
  while (times.length < 3 || (times.length < MEASUREMENTS && performance.now() - began < BUDGET_MS)) {
    times.push(await time(model, 1, 1));
  }
  times.shift(); // the first run compiles
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

/** One layer is made and timed on both devices; the slower device is closed. */
async function measure(
  pkg: Package,
  options: RuntimeOptions,
): Promise<{ model: Model; choice: Choice }> {
  // The GPU first: its build of the runtime also has WASM, the other way round it has not.
  const opened: Model[] = [];
  try {
    for (const device of ['webgpu', 'wasm'] as const) opened.push(await Model.open(pkg, device, options));
    const [gpu, wasm] = opened as [Model, Model];
    const measured = { webgpu: await timeLayer(gpu), wasm: await timeLayer(wasm) };
    const device: Device = measured.webgpu < measured.wasm ? 'webgpu' : 'wasm';
    const [model, other] = device === 'webgpu' ? [gpu, wasm] : [wasm, gpu];
    await other.close();
    return { model, choice: { device, measured } };
  } catch (error) {
    for (const model of opened) await model.close();
    throw error;
  }
}

/** The model on whichever device is faster here, not yet warmed up; on WASM where the GPU fails. */
export async function openFastest(
  pkg: Package,
  adapter: GPUAdapter,
  options: RuntimeOptions,
): Promise<{ model: Model; measured?: DeviceTimes }> {
  const key = choiceKey(pkg, adapter);
  const known = await remembered(key);
  try {
    if (known) {
      return { model: await Model.open(pkg, known.device, options), measured: known.measured };
    }
    const { model, choice } = await measure(pkg, options);
    await remember(key, choice);
    return { model, measured: choice.measured };
  } catch (error) {
    if (known?.device === 'wasm') throw error;
    return { model: await Model.open(pkg, 'wasm', options) };
  }
}
