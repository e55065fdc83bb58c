/** Builds and serves the demo page, and runs the unit tests with the same transforms. */

import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { shared } from './bench/vite-shared.js';

export default defineConfig({
  ...shared,
  build: {
    ...shared.build,
    // What is fetched first in one file: in a dozen, each compressed by itself, it is some kilobytes more.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'service-worker',
      filename: 'service-worker.ts',
      injectRegister: false,
      // The system keeps its icon when the page is installed; offline the page itself shows the SVG only.
      includeManifestIcons: false,
      includeAssets: ['icon.svg'],
      // Of the models only the points that the page draws beside them: what else a task needs is kept on demand.
      injectManifest: {
        globPatterns: ['**/*.{html,css,js,mjs,wasm,woff2}', 'models/*/rivals.json'],
        maximumFileSizeToCacheInBytes: 64e6,
      },
      manifest: {
        name: 'fastbert-web: text classification that stops thinking when it is sure',
        short_name: 'fastbert-web',
        description: 'A six-layer model reads your sentence layer by layer in your browser and answers as soon as it is sure.',
        // Relative to the manifest: the page may lie under any path.
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f8f6f8',
        theme_color: '#f8f6f8',
        // The PNGs are made of the SVG: npm run -s icons.
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  // The computer may be busy with something else.
  test: { include: ['{src,workers,bench,docs}/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
});
