/** What rolldown makes of the sources: the entries, the worker in one file, and in another what it fetches to teach. */

import path from 'node:path';
import { ORT_VERSION } from '../bin/ort.mjs';

export const root = path.dirname(import.meta.dirname);
export const out = path.join(root, 'dist-lib');

/** @type {import('rolldown').BuildOptions} */
const shared = {
  cwd: root,
  platform: 'browser',
  transform: { define: { ORT_VERSION: JSON.stringify(ORT_VERSION) } },
  resolve: {
    extensionAlias: { '.js': ['.ts', '.js'] },
    alias: {
      './start-worker.js': path.join(root, 'npm/start-worker.ts'),
      './import-ort.js': path.join(root, 'npm/import-ort.ts'),
      './import-taught.js': path.join(root, 'npm/import-taught.ts'),
    },
  },
};
/** @type {import('rolldown').OutputOptions} */
const output = { dir: out, minify: true, sourcemap: true };

/**
 * What both entries take is in one file, what pipelines and teachers take in another, and what is fetched when it is
 * asked for (`words.js`, `teaching.js`) in one of its own.
 *
 * @type {import('rolldown').BuildOptions}
 */
export const entries = {
  ...shared,
  input: { index: 'src/index.ts', core: 'src/core/index.ts' },
  output: {
    ...output,
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [
        { name: 'shared', test: /src.(core.(?!words)|input)/, priority: 1 },
        { name: 'pipeline', test: /src.(?!teaching|core.words)/, minShareCount: 2 },
      ],
    },
  },
};

/** @type {import('rolldown').BuildOptions} */
export const worker = {
  ...shared,
  input: { 'classifier.worker': 'workers/classifier.worker.ts' },
  output: { ...output, codeSplitting: false },
};

/** @type {import('rolldown').BuildOptions} */
export const taught = {
  ...shared,
  input: { 'taught.worker': 'workers/taught/index.ts' },
  output: { ...output, codeSplitting: false },
};
