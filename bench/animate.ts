/** PNG pictures of one size as one that moves (APNG): browsers and GitHub play it, others show the first picture. */

import { crc32 } from 'node:zlib';

const SIGNATURE = 8;

interface Chunk {
  type: string;
  data: Buffer;
}

/** @param milliseconds that each picture stays; it begins again after the last */
export function animate(pictures: readonly Buffer[], milliseconds: number): Buffer {
  const [first] = pictures.map(chunksOf);
  const header = first!.find(({ type }) => type === 'IHDR')!.data;
  let sequence = 0;
  const control = (): Chunk => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence++, 0);
    header.copy(data, 4, 0, 8); // width and height
    data.writeUInt16BE(milliseconds, 20);
    data.writeUInt16BE(1000, 22);
    return { type: 'fcTL', data };
  };
  const number = (): Buffer => {
    const data = Buffer.alloc(4);
    data.writeUInt32BE(sequence++);
    return data;
  };
  const frames = Buffer.alloc(8); // how many, and 0 for over and over
  frames.writeUInt32BE(pictures.length, 0);
  const parts = pictures.flatMap((picture, index) => {
    const found = chunksOf(picture).filter(({ type }) => type === 'IDAT');
    if (index === 0) return [control(), ...found];
    return [control(), ...found.map(({ data }) => ({ type: 'fdAT', data: Buffer.concat([number(), data]) }))];
  });
  const chunks = [{ type: 'IHDR', data: header }, { type: 'acTL', data: frames }, ...parts, { type: 'IEND', data: Buffer.alloc(0) }];
  return Buffer.concat([pictures[0]!.subarray(0, SIGNATURE), ...chunks.map(written)]);
}

export function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function written({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
