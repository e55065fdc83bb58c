import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { animate, chunksOf } from './animate.js';

const picture = readFileSync(new URL('../public/icon-192.png', import.meta.url));

test('pictures follow each other in one file, each with its control, numbered in order', () => {
  const chunks = chunksOf(animate([picture, picture, picture], 80));
  const types = chunks.map(({ type }) => type);
  expect(types.filter((type) => type === 'fcTL')).toHaveLength(3);
  expect([types[0], types[1], types.at(-1)]).toEqual(['IHDR', 'acTL', 'IEND']);
  const numbers = chunks.filter(({ type }) => type === 'fcTL' || type === 'fdAT').map(({ data }) => data.readUInt32BE(0));
  expect(numbers).toEqual(numbers.map((_, i) => i));
  // The picture itself is as it was.
  const data = (of: Buffer) => Buffer.concat(chunksOf(of).filter(({ type }) => type === 'IDAT').map((one) => one.data));
  expect(data(animate([picture, picture], 80)).equals(data(picture))).toBe(true);
});
