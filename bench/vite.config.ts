/** Builds the harness into a folder of its own, so that the shipped page does not contain it. */

import { defineConfig } from 'vite';
import { shared } from './vite-shared.js';

export default defineConfig({
  ...shared,
  root: import.meta.dirname,
  publicDir: false,
  build: {
    ...shared.build,
    outDir: '../dist-bench',
    emptyOutDir: true,
    rolldownOptions: { input: ['harness.html', 'gate.html', 'engine.html', 'race.html', 'soak.html', 'check.html'].map((page) => `${import.meta.dirname}/${page}`) },
  },
});
