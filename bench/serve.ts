/**
 * A static server for the harness, the built page and model folders, on a free local port. Caches may keep what
 * a host of such files would let them keep.
 */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sirv from 'sirv';

/** A folder and the path, ending in a slash, under which its files are served. */
export interface Mount {
  at: string;
  folder: string;
}

/** Shards, and what Vite builds: such a file never changes. All others are asked for again, by their ETag. */
const NAMED_BY_CONTENT = /\/shards\/[0-9a-f]{16}\.\w+$|\/assets\/.+-[\w-]{8}\.\w+$/;

/** Is asked before a file is served; answers itself and returns true, or returns false. */
export type Interceptor = (pathname: string, file: string, response: ServerResponse) => boolean;

export interface Site {
  /** Ends in a slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * @param mounts the first whose path fits serves a request, or answers 404
 * @param headers of every file
 */
export async function serve(
  mounts: Mount[],
  intercept?: Interceptor,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const setHeaders = (response: ServerResponse, pathname: string): void => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (pathname.endsWith('.onnx')) response.setHeader('Content-Type', 'application/octet-stream');
    if (NAMED_BY_CONTENT.test(pathname)) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  };
  // dev: looks at the folder at each request, so that a rebuild shows.
  const served = mounts.map((mount) => ({ ...mount, send: sirv(mount.folder, { dev: true, etag: true, setHeaders }) }));

  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const mount = served.find(({ at }) => url.startsWith(at));
    if (!mount) {
      response.writeHead(404).end();
      return;
    }
    const { at, folder, send } = mount;
    const [pathname = '/'] = url.split('?');
    if (intercept?.(pathname, path.join(folder, pathname.slice(at.length)), response)) return;
    request.url = url.slice(at.length - 1);
    send(request, response);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
