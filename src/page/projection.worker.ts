/** Projects points off the page's thread: thousands of them take some tenths of a second. */

import { project } from './projection.js';

onmessage = ({ data: { rows, size } }: MessageEvent<{ rows: Float32Array<ArrayBuffer>; size: number }>) => {
  const projection = project(rows, size);
  postMessage(projection, { transfer: [projection.points.buffer] });
};
