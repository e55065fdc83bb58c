/**
 * Keeps the page's shell: it opens without a network. And answers with the headers of cross-origin
 * isolation, which WASM threads need and many static hosts cannot send: from the second visit on, when
 * this worker is in charge, the page has its threads there too.
 */

import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { isolation } from './isolation.js';

declare const self: ServiceWorkerGlobalScope & {
  /** The files of the build, put in by it. */
  __WB_MANIFEST: PrecacheEntry[];
};

addPlugins([{ handlerWillRespond: ({ response }) => Promise.resolve(isolated(response)) }]);
// What stands behind the question mark is read by the page, not by the server.
// oxlint-disable-next-line no-underscore-dangle -- the build looks for this name
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/./] });
cleanupOutdatedCaches();

function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
