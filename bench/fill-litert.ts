/**
 * A shipped model as LiteRT.js takes it: what `python -m training litert` has left of the .tflite in
 * `bench/whole/TASK`, with the weights of the package's own shards put back. The file is the converter's, to the byte.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { made, packageWeights, type Weight } from './fill-whole.js';

/** `litert.json`. */
export interface LiteRtTable {
  /** Tokens that a signature takes, from few to many; its name is `tokens_N`. */
  lengths: number[];
  bytes: number;
  sha256: string;
  /** `offsets`: a weight's places in the file. */
  weights: (Weight & { offsets: number[] })[];
}

export function readLiteRtTable(graphs: string): LiteRtTable {
  return JSON.parse(readFileSync(path.join(graphs, 'litert.json'), 'utf8')) as LiteRtTable;
}

/**
 * The .tflite. Throws where it is not what was converted.
 *
 * @param model folder of the package
 * @param graphs made of the same package
 */
export function fillLiteRt(model: string, graphs: string): Buffer {
  const { bytes, sha256, weights } = readLiteRtTable(graphs);
  const read = packageWeights(model, graphs);
  const parts = weights.flatMap((weight) => {
    const data = made(weight, read);
    return weight.offsets.map((offset) => ({ offset, data }));
  });
  parts.sort((a, b) => a.offset - b.offset);

  const rest = readFileSync(path.join(graphs, 'litert.bin'));
  const file = Buffer.alloc(bytes);
  let taken = 0;
  let end = 0;
  for (const { offset, data } of parts) {
    taken += rest.copy(file, end, taken, taken + offset - end);
    file.set(data, offset);
    end = offset + data.length;
  }
  rest.copy(file, end, taken);
  if (createHash('sha256').update(file).digest('hex') !== sha256) {
    throw new Error(`${graphs}/litert.bin is of other weights than ${model}: run python -m training litert again (training/litert.py).`);
  }
  return file;
}
