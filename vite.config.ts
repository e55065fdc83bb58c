/** Builds and serves the demo page, and runs the unit tests with the same transforms. */

import { defineConfig } from 'vitest/config';
import { shared } from './bench/vite-shared.js';

export default defineConfig({
  ...shared,
  test: { include: ['{src,workers,bench}/**/*.test.{ts,tsx}'] },
});
