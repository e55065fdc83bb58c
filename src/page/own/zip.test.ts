import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { unzip, zip } from './zip.js';

const MOST = 1e6;

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const text = (data: ArrayBuffer): string => new TextDecoder().decode(data);
const read = (data: ArrayBuffer): [string, string][] => unzip(data, MOST).map(({ path, data: content }) => [path, text(content)]);

const files = [
  { path: 'index.html', data: bytes('<p>标签</p>') },
  { path: 'models/标签 1/empty.bin', data: bytes('') },
  { path: 'models/shards/a.bin', data: bytes('a'.repeat(1000)) },
];

/** Made by Info-ZIP's `zip -X`: one of a text, and the same with a password, deflated and stored. */
const madeElsewhere = {
  open: 'UEsDBBQAAAAIAA9kfV32me4dDAAAACIAAAAFAAAAYS50eHQrTk0uSi1RKMZNAQBQSwECHgMUAAAACAAPZH1d9pnuHQwAAAAiAAAABQAAAAAAAAABAAAApIEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAALwAAAAAA',
  deflated:
    'UEsDBBQACQAIAA9kfV32me4dGAAAACIAAAAFAAAAYS50eHQzZlTvEbd/V/YJJeyUsD+BoyxWLCjbZ+lQSwcI9pnuHRgAAAAiAAAAUEsBAh4DFAAJAAgAD2R9XfaZ7h0YAAAAIgAAAAUAAAAAAAAAAQAAAKSBAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAAEsAAAAAAA==',
  stored:
    'UEsDBAoACQAAAA9kfV2sKpPYDgAAAAIAAAAFAAAAYi50eHS8x8KZjW0xdWkZ354ok1BLBwisKpPYDgAAAAIAAABQSwECHgMKAAkAAAAPZH1drCqT2A4AAAACAAAABQAAAAAAAAAAAAAApIEAAAAAYi50eHRQSwUGAAAAAAEAAQAzAAAAQQAAAAAA',
};
const elsewhere = (name: keyof typeof madeElsewhere): ArrayBuffer => Uint8Array.from(atob(madeElsewhere[name]), (one) => one.charCodeAt(0)).buffer;

test('what is zipped comes out again, whatever it is called; it is not compressed, and says nothing of when it was made', async () => {
  const packed = await zip(files).arrayBuffer();
  expect(read(packed)).toEqual(files.map(({ path, data }) => [path, text(data)]));
  expect(text(packed)).toContain('a'.repeat(1000));
  // Method, time and date of the first file: stored, 1980-01-01 at 0:00.
  const head = new DataView(packed);
  expect([8, 10, 12].map((at) => head.getUint16(at, true))).toEqual([0, 0, 0x21]);
});

test('what others have deflated is read, without its folders', () => {
  expect(read(elsewhere('open'))).toEqual([['a.txt', 'secret secret secret secret secret']]);
  expect(read(new Uint8Array(zipSync({ folder: { 'a.txt': new Uint8Array(bytes('abc'.repeat(500))) } })).buffer)).toEqual([['folder/a.txt', 'abc'.repeat(500)]]);
});

test.each([
  ['no .zip', bytes('label\ttext\n'), { why: 'none' }],
  ['nothing', bytes(''), { why: 'none' }],
  ['a deflated file behind a password', elsewhere('deflated'), { why: 'damaged', path: 'a.txt' }],
  ['a stored one', elsewhere('stored'), { why: 'damaged', path: 'b.txt' }],
])('%s is told', (_, data, what) => {
  expect(() => unzip(data, MOST)).toThrow(expect.objectContaining({ name: 'ZipError', ...what }));
});

test('what is cut off is told, and what is damaged by its file', async () => {
  const packed = await zip(files).arrayBuffer();
  for (const end of [10, packed.byteLength / 2, packed.byteLength - 1]) {
    expect(() => unzip(packed.slice(0, end), MOST)).toThrow(expect.objectContaining({ name: 'ZipError', why: 'cut off' }));
  }
  const damaged = elsewhere('open');
  new Uint8Array(damaged).fill(255, 35, 47);
  expect(() => unzip(damaged, MOST)).toThrow(expect.objectContaining({ why: 'damaged', path: 'a.txt' }));
});

test('a small one that unpacks to more than there is room for is not unpacked; nor is more than it says of itself', () => {
  const bomb = new Uint8Array(zipSync({ 'a.bin': new Uint8Array(2 * MOST), 'b.bin': new Uint8Array(10) }));
  expect(bomb.length).toBeLessThan(MOST / 100);
  expect(() => unzip(bomb.buffer, MOST)).toThrow(expect.objectContaining({ why: 'too large' }));
  // The size in its directory, which a liar makes small.
  const view = new DataView(bomb.buffer);
  const directory = view.getUint32(bomb.length - 6, true);
  view.setUint32(directory + 24, 100, true);
  expect(unzip(bomb.buffer, MOST).map(({ data }) => data.byteLength)).toEqual([100, 10]);
});
