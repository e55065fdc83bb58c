/** ONNX Runtime's builds in the npm package: files beside the worker, wherever a bundler put them. */

import type * as Ort from 'onnxruntime-web';
import type { OrtBuild } from '../src/core/ort-build.js';

/** Where a build's two files are. */
export type OrtFiles = Record<OrtBuild, { js: string; wasm: string }>;

/** The first message that the worker gets (`start-worker.ts`). Comlink leaves it alone. */
const files = new Promise<OrtFiles>((resolve) => {
  addEventListener('message', ({ data }: MessageEvent<OrtFiles>) => resolve(data), { once: true });
});

export async function importOrt(build: OrtBuild): Promise<typeof Ort> {
  const { js, wasm } = (await files)[build];
  const ort = (await import(/* @vite-ignore */ js)) as typeof Ort;
  ort.env.wasm.wasmPaths = { wasm };
  return ort;
}
