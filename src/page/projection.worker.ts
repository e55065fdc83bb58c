/** Projects states off the page's thread: thousands of them take some tenths of a second. */

import { level, project } from './projection.js';

export interface States {
  /** [n, size] row-major. */
  rows: Float32Array<ArrayBuffer>;
  size: number;
  /** Where each is from [n]. */
  exits: number[];
}

onmessage = ({ data: { rows, size, exits } }: MessageEvent<States>) => {
  level(rows, size, exits);
  const projection = project(rows, size);
  postMessage(projection, { transfer: [projection.points.buffer] });
};
