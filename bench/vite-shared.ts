/** What the page's build and the harness's have in common. */

import type { UserConfig } from 'vite';

export const shared = {
  // Relative addresses, so that the build works under any path of any static host.
  base: './',
  // Browsers that this runs on preload modules by themselves.
  build: { target: 'es2022', reportCompressedSize: false, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Prebundling would part ONNX Runtime from the wasm beside it.
  // And finding the tokenizer only in the worker would reload the page under a developer's hands.
  optimizeDeps: { exclude: ['onnxruntime-web'], include: ['@huggingface/tokenizers'] },
} satisfies UserConfig;
