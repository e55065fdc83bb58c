/** Keeps the page's shell: it opens without a network. Models are kept by the library itself. */

import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import type { Ask } from './messages.js';
import { RuntimeFiles } from './runtime.js';

declare const self: ServiceWorkerGlobalScope;

/** The files of the build, put in by it. */
// oxlint-disable-next-line no-underscore-dangle -- the build looks for this name
const files = self.__WB_MANIFEST as PrecacheEntry[];
const shell = files.filter(({ url }) => !url.includes('ort-wasm'));
const ort = files.filter((file) => !shell.includes(file));
const runtime = new RuntimeFiles(ort.map(({ url }) => new URL(url, self.location.href).href));

// What stands behind the question mark is read by the page, not by the server.
precacheAndRoute(shell, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => event.waitUntil(runtime.deleteOld()));

self.addEventListener('fetch', (event) => {
  if (runtime.has(event.request.url)) event.respondWith(runtime.answer(event.request));
});

self.addEventListener('message', (event) => {
  const ask = event.data as Ask;
  if (ask.type === 'take-over') event.waitUntil(self.skipWaiting());
  else event.waitUntil(runtime.about(ask.file, ask.keep).then((answer) => event.ports[0]!.postMessage(answer)));
});
